-- "I have no more to say, but I am still listening."
--
-- A client sends its question and shuts down sending; the server reads until it has seen the end of the question, works
-- for a while, and answers at length. tcp (FIN) and session (FINISH, negotiated release) end one direction at a time.
-- tp4 knows only to disconnect: to shut down sending ends both directions, and the answer has nobody to go to.

local PORT = 5000
local ANSWER = 100 -- parts
local PART = ("answer "):rep(20)

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:listen(1))
  local s = assert(listener:accept())

  outcome("the question", s:recv())
  assert(s:send("question received"))
  local nothing, how = s:recv()
  outcome("how the server saw its end", nothing and "recv returned 0" or how)

  sleep("1h")
  local sent, err = true, nil
  for _ = 1, ANSWER do
    sent, err = s:send(PART)
    if not sent then break end
  end
  outcome("sending the answer", sent and "all sent" or err)
  outcome("the server's closesocket", s:closesocket())
end)

process("client", function()
  sleep("1ms") -- the server listens by then
  local s = assert(socket())
  assert(s:connect("server:" .. PORT))
  assert(s:send("why?"))
  assert(s:recv()) -- the server has all of it: what comes now cannot destroy it

  outcome("shutdown(SD_SEND)", s:shutdown("SD_SEND"))
  outcome("send after that", s:send("and another thing"))
  local octets = 0
  local part, how
  repeat
    part, how = s:recv()
    octets = octets + #(part or "")
  until not part or part == ""
  outcome("octets of the answer", octets)
  outcome("how the client saw its end", part and "recv returned 0" or how)
  outcome("the client's closesocket", s:closesocket())
end)
