-- A few words with the request for a connection, and a few with the answer.
--
-- The server looks at what came with a request before it decides (WSAAccept with a condition function), and lets only
-- Alice in. Over tp4 (CR, CC) and session (CONNECT, ACCEPT) the words travel in the set-up itself. tcp has no room for
-- them: WSAEPROTONOSUPPORT, and the server decides without knowing who asks; it has nothing to answer with either.
-- Since tcp answers on its own, a refusal comes after the caller was connected, unless the listener asks for
-- SO_CONDITIONAL_ACCEPT, as this one does.

local PORT = 5000

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:setsockopt("SO_CONDITIONAL_ACCEPT", true))
  assert(listener:listen(5))

  local function door(name)
    return function(request)
      outcome(name .. ": what the server knows", request.caller_data ~= "" and request.caller_data or "nothing")
      outcome(name .. ": room for an answer", request.callee_data_max)
      if request.caller_data == "I am Mallory" then return "CF_REJECT" end
      return "CF_ACCEPT", request.callee_data_max > 0 and "seat 12" or nil
    end
  end
  for _, name in ipairs { "Alice", "Mallory" } do
    local s, err = listener:WSAAccept(door(name))
    outcome(name .. ": WSAAccept", s ~= nil or err)
    if s then
      assert(s:send("welcome"))
      s:recv() -- until the visitor leaves
      s:closesocket()
    end
  end
end)

process("client", function()
  sleep("1ms") -- the server listens by then
  local p = provider()
  local s = assert(socket())
  outcome("more than the protocol carries",
    s:WSAConnect { to = "server:" .. PORT, caller_data = ("x"):rep(p.connect_data_max + 1) })

  for _, name in ipairs { "Alice", "Mallory" } do
    s = assert(socket())
    local answer, err = s:WSAConnect { to = "server:" .. PORT, caller_data = "I am " .. name }
    outcome(name .. ": WSAConnect with data", answer or err)
    if err == "WSAEPROTONOSUPPORT" then answer, err = s:WSAConnect { to = "server:" .. PORT } end
    outcome(name .. ": connected", answer ~= nil or err)
    s:recv() -- "welcome"
    s:closesocket()
    sleep("1h")
  end
end)
