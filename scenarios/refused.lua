-- Ways for connect to fail, and one socket that survives them all.
--
-- Nobody listens; the host does not exist; the address has no port; the application says no; the server is cut off.
-- After each of these the same socket may try again, and in the end it gets through. The errors are the same over every
-- provider. (For tcp to ask the application at all before it answers, the listener says SO_CONDITIONAL_ACCEPT.)

local PORT = 5000
local OPENING = 4 * 60 * 1000 -- ms: the application turns everybody down until then

process("server", function()
  sleep("1min") -- nobody listens yet
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:setsockopt("SO_CONDITIONAL_ACCEPT", true))
  assert(listener:listen(5))
  local s, first_refusal
  repeat -- who did not hear the refusal asks again
    local err
    s, err = listener:WSAAccept(function() return now() < OPENING and "CF_REJECT" or "CF_ACCEPT" end)
    first_refusal = first_refusal or err
  until s
  outcome("WSAAccept, rejecting", first_refusal)
  assert(s:send("welcome"))
  s:recv()
  s:closesocket()
end)

process("client", function()
  sleep("1ms")
  local s = assert(socket())
  outcome("nobody listens", s:connect("server:" .. PORT))
  outcome("no such host", s:connect("nowhere:" .. PORT))
  outcome("no port", s:connect("server:0"))

  sleep("2min")
  outcome("the application says no", s:connect("server:" .. PORT))

  partition("client", "server")
  outcome("the server is cut off", s:connect("server:" .. PORT))
  heal("client", "server")
  sleep("10min") -- the server is open by then

  assert(s:ioctlsocket("FIONBIO", true))
  outcome("without waiting", s:connect("server:" .. PORT))
  outcome("and again", s:connect("server:" .. PORT))
  outcome("sending meanwhile", s:send("hello?"))
  local _, writable = select { write = { s }, except = { s } }
  outcome("in the end", #writable == 1 and "connected" or s:getsockopt("SO_ERROR"))
  outcome("once more", s:connect("server:" .. PORT))
  assert(s:ioctlsocket("FIONBIO", false))
  check(s:recv() == "welcome", "the connection works")
  s:closesocket()
end)
