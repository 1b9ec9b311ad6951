-- The client's last words, and the server's answer to them.
--
-- A client asks one question, hears the answer and says goodbye with a total. The server learns that the conversation is
-- over, reads the total and says goodbye in turn, with a total of its own. What of this arrives is the provider's doing:
-- docs/lessons/disconnect-data.md goes through the ladders.

local PORT = 5000

-- What a call returned, in words.
local function result(value, err)
  if not value then return err end
  return value == "" and "nothing" or tostring(value)
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:listen(1))
  local s = assert(listener:accept())
  assert(s:recv())
  assert(s:send("sold"))
  local nothing, how = s:recv()
  outcome("how the server learns of the end", nothing and "recv returned 0" or how)
  outcome("the client's last words", result(s:WSARecvDisconnect()))
  outcome("the server answers", result(s:WSASendDisconnect("total 9")))
  assert(s:closesocket())
end)

process("client", function()
  sleep("1ms") -- the server listens by then
  local s = assert(socket())
  assert(s:connect("server:" .. PORT))
  assert(s:send("buy"))
  assert(s:recv())
  local said, err = s:WSASendDisconnect("total 1")
  if not said then s:shutdown("SD_SEND") end
  outcome("the client says goodbye", result(said, err))
  local nothing, how = s:recv()
  outcome("how the client learns of the end", nothing and "recv returned 0" or how)
  outcome("the server's answer", result(s:WSARecvDisconnect()))
  assert(s:closesocket())
end)
