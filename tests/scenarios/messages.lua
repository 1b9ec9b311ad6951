-- Messages both ways and last words both ways, over links as bad as they can be. What arrives is whole, in order and
-- once, as far as it goes; last words are what was said, or nothing. A conversation may end early where a link loses
-- more than a protocol repeats, and then both programs come to an end all the same.

local MESSAGES = 8
local LARGEST = 1800 -- octets
local PATIENCE = 4 * 3600 * 1000 -- ms: longer than any protocol tries

network {
  hosts = { "client", "server" },
  links = { { "client", "server", latency = "5ms" } },
}

local is_stream = provider().socket_type == "SOCK_STREAM"
local can_say_goodbye = provider().disconnect_data_max > 0

local function message(from, n)
  local length = (n * 977) % LARGEST + 1
  return (("%s%04d:"):format(from, n):rep(length // 6 + 1)):sub(1, length)
end

local function last_words(from) return (from .. " has said all. "):rep(3) end

local function send_all(s, from)
  for n = 1, MESSAGES do
    if not s:send(message(from, n)) then return end
  end
end

-- How many messages came, and how it ended: an error, or "" where all came.
local function receive_all(s, from)
  for n = 1, MESSAGES do
    local expected, data, err = message(from, n), "", nil
    repeat -- a stream gives what it has
      local part
      part, err = s:recv(#expected - #data)
      if not part then break end
      data = data .. part
    until part == "" or #data == #expected
    if data ~= expected then
      check(data == "" or is_stream, "a message is whole or absent: " .. from .. " " .. n)
      check(expected:sub(1, #data) == data, "nothing is out of order: " .. from .. " " .. n)
      return n - 1, err or "closed"
    end
  end
  return MESSAGES, ""
end

-- After the peer's end: its last words.
local function hear(s, from, how)
  if not can_say_goodbye then return "no disconnect data" end
  local words = s:WSARecvDisconnect(1000) or ""
  check(words == "" or words == last_words(from), "last words are what was said, or nothing: " .. from)
  check(words ~= "" or how ~= "WSAEDISCON", "behind a graceful end they are there: " .. from)
  return words == "" and "absent" or "intact"
end

local function say(s, from)
  if not (can_say_goodbye and s:WSASendDisconnect(last_words(from))) then s:WSASendDisconnect() end
end

local function wait_for_end(s)
  local data, err = s:recv(1)
  check(not data or data == "", "nothing comes behind the last message")
  return err or "closed"
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(7000))
  assert(listener:listen(1))
  local s
  if #select { read = { listener }, timeout = PATIENCE } == 1 then s = listener:accept() end
  assert(listener:closesocket())
  if not s then return outcome("at the server", "no connection") end
  assert(s:setsockopt("SO_RCVTIMEO", PATIENCE)) -- the peer may be gone without a word
  local count, how = receive_all(s, "C")
  send_all(s, "S")
  if count == MESSAGES then how = wait_for_end(s) end
  outcome("at the server", count, how, hear(s, "C", how))
  say(s, "S")
  s:closesocket()
end)

process("client", function()
  sleep("1ms")
  local s = assert(socket())
  assert(s:setsockopt("SO_RCVTIMEO", PATIENCE))
  local connected, refusal = s:connect("server:7000")
  if not connected then
    s:closesocket()
    return outcome("at the client", "no connection", refusal)
  end
  send_all(s, "C")
  local count, how = receive_all(s, "S")
  say(s, "C")
  if count == MESSAGES then how = wait_for_end(s) end
  outcome("at the client", count, how, hear(s, "S", how))
  s:closesocket()
end)
