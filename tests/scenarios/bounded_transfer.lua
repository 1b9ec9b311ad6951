-- Data both ways over links as bad as they come, by programs that wait for nothing for ever: each connection has
-- SO_KEEPALIVE, and the server waits ten minutes for its client. What arrives is what was sent, complete or cut off where
-- an error says so.

local MESSAGES = 20
local LARGEST = 3000 -- octets

network {
  hosts = { "client", "server" },
  links = { { "client", "server", latency = "5ms" } },
}

local function message(n)
  local length = (n * 977) % LARGEST + 16
  return (("%04d:"):format(n):rep(length // 5 + 1)):sub(1, length)
end

local function everything()
  local messages = {}
  for n = 1, MESSAGES do messages[n] = message(n) end
  return table.concat(messages)
end

local function send_all(s)
  for n = 1, MESSAGES do
    local count, err = s:send(message(n))
    if not count then return err end
  end
end

-- "intact", or the error that came instead of the rest.
local function receive_all(s)
  local expected = everything()
  local parts, count, err = {}, 0, nil
  while count < #expected and not err do
    local data
    data, err = s:recv(1000)
    if data == "" then err = "end of data" end
    if not data or data == "" then break end
    parts[#parts + 1] = data
    count = count + #data
  end
  check(table.concat(parts) == expected:sub(1, count), "not a beginning of what was sent")
  return count == #expected and "intact" or err
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(7000))
  assert(listener:listen(1))
  local ready = select { read = { listener }, timeout = 600000 }
  local s, err
  if #ready > 0 then s, err = listener:accept() else err = "nobody came" end
  if not s then return outcome("client to server", err) end
  s:setsockopt("SO_KEEPALIVE", true)
  outcome("client to server", receive_all(s))
  send_all(s)
  s:closesocket()
end)

process("client", function()
  sleep("1ms")
  local s = assert(socket())
  assert(s:setsockopt("SO_KEEPALIVE", true))
  local connected, err = s:connect("server:7000")
  if not connected then return outcome("server to client", err) end
  send_all(s)
  outcome("server to client", receive_all(s))
  s:closesocket()
end)
