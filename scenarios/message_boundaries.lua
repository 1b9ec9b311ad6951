-- What a receive returns: where one send ends and the next begins.
--
-- A stream (tcp) keeps the octets and forgets the sends; a message-oriented protocol (tp4, session) gives back what was
-- sent, one message for each recv, and says MSG_PARTIAL where the buffer was too small for the rest. A transport
-- service data unit has at least one octet, so tp4 has no empty message; session has, and on a stream there is nothing
-- to send. At the end a stream says 0, and a message-oriented protocol an error, since 0 would be an empty message.

local PORT = 5000
local LONGER_THAN_ANY_RETRANSMISSION = "10min"

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:listen(1))
  local s = assert(listener:accept())

  sleep(LONGER_THAN_ANY_RETRANSMISSION) -- all of it is there by now
  outcome("octets that FIONREAD counts", s:ioctlsocket("FIONREAD"))
  outcome("looking only", s:recv(100, "MSG_PEEK"))
  local received = {}
  repeat
    table.insert(received, (assert(s:recv(100))))
  until table.concat(received) == "onetwothree"
  outcome("one, two, three", table.unpack(received))
  assert(s:send("go on"))

  sleep(LONGER_THAN_ANY_RETRANSMISSION)
  -- Nothing to count, although there is more to read: an empty message is in front.
  if s:ioctlsocket("FIONREAD") == 0 then outcome("a message of nothing", s:recv(6)) end
  outcome("a long one in pieces: 1", s:recv(6))
  outcome("a long one in pieces: 2", s:recv(6))
  outcome("a long one in pieces: 3", s:recv(6))
  assert(s:send("say goodbye"))
  outcome("the end", s:recv())
end)

process("client", function()
  sleep("1ms") -- the server listens by then
  local s = assert(socket())
  assert(s:connect("server:" .. PORT))

  for _, word in ipairs { "one", "two", "three" } do assert(s:send(word)) end
  assert(s:recv()) -- "go on"

  outcome("sending nothing", s:send(""))
  assert(s:send("a long message"))
  assert(s:recv()) -- "say goodbye"
  s:closesocket()
end)
