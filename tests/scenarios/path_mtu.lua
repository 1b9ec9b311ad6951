-- A transfer through a router whose far link is narrow from the start, and narrower in the middle. Only
-- the router's word tells the hosts so.

network {
  hosts = { "client", "server" },
  routers = { "router" },
  links = {
    { "client", "router", latency = "5ms" },
    { "router", "server", latency = "5ms", mtu = 1400 },
  },
}

local CHUNK = 10000
local function pattern(n)
  return string.char(n % 251):rep(CHUNK)
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(5000))
  assert(listener:listen(1))
  local s = assert(listener:accept())
  local received = {}
  while true do
    local octets, err = s:recv(65536)
    if not octets or octets == "" then break end
    received[#received + 1] = octets
  end
  local all = table.concat(received)
  local expected = {}
  for n = 1, 40 do expected[n] = pattern(n) end
  outcome("octets", #all)
  outcome("intact", all == table.concat(expected))
  assert(s:closesocket())
end)

process("client", function()
  sleep("1ms")
  local s = assert(socket())
  assert(s:connect("server:5000"))
  for n = 1, 20 do assert(s:send(pattern(n))) end
  link("router", "server", { mtu = 1300 })
  for n = 21, 40 do assert(s:send(pattern(n))) end
  assert(s:shutdown("SD_SEND"))
  outcome("end", s:recv())
  outcome("without a time-out", now() < 1000)
  assert(s:closesocket())
end)
