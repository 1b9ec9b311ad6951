-- Data both ways, in more pieces than any window holds, for links that lose, double and reorder. Whatever a link does,
-- what arrives is what was sent, complete and in order.

local MESSAGES = 40
local LARGEST = 3000 -- octets: several segments or TPDUs

network {
  hosts = { "client", "server" },
  links = { { "client", "server", latency = "5ms" } },
}

-- The n-th message: a length and a content that tell it from every other.
local function message(n)
  local length = (n * 977) % LARGEST + 16
  return (("%04d:"):format(n):rep(length // 5 + 1)):sub(1, length)
end

local function send_all(s)
  for n = 1, MESSAGES do assert(s:send(message(n))) end
end

-- Reads as many octets as all messages have; boundaries are the provider's own affair here.
local function receive_all(s)
  local expected = {}
  for n = 1, MESSAGES do expected[n] = message(n) end
  local whole = table.concat(expected)
  local parts, count = {}, 0
  while count < #whole do
    local data = assert(s:recv(1000))
    if data == "" then break end
    parts[#parts + 1] = data
    count = count + #data
  end
  return table.concat(parts) == whole
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(7000))
  assert(listener:listen(1))
  local s = assert(listener:accept())
  local intact = receive_all(s)
  outcome("client to server", intact and "intact" or "damaged")
  send_all(s)
  local rest, err = s:recv()
  check(rest == "" or err == "WSAEDISCON" or err == "WSAECONNRESET", "then the client ends the connection")
  assert(s:closesocket())
  assert(listener:closesocket())
end)

process("client", function()
  sleep("1ms")
  local s = assert(socket())
  assert(s:connect("server:7000"))
  send_all(s)
  local intact = receive_all(s)
  outcome("server to client", intact and "intact" or "damaged")
  assert(s:closesocket())
end)
