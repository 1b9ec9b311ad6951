-- User data of exactly the greatest length that class 4 carries, and one octet more (ISO 8073 13.3.5, 13.5.5, 13.8.4).

local function data(octets) return ("x"):rep(octets) end

local function length(value, err) return value and #value or err end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(5000))
  assert(listener:listen(1))
  local s = assert(listener:WSAAccept(function(request)
    outcome("caller data that came", #request.caller_data)
    outcome("room for callee data", request.callee_data_max)
    return "CF_ACCEPT", data(32)
  end))
  local octets, part, how = 0, "", nil
  while part do
    octets = octets + #part
    part, how = s:recv()
    if octets == 0 then outcome("expedited data that came", length(s:recv(100, "MSG_OOB"))) end
  end
  outcome("data that came", octets)
  outcome("how it ended", how)
  outcome("disconnect data that came", length(s:WSARecvDisconnect()))
end)

process("client", function()
  sleep("1ms") -- the server listens by then
  local s = assert(socket())
  outcome("33 octets of caller data", length(s:WSAConnect { to = "server:5000", caller_data = data(33) }))
  outcome("32 octets of caller data", length(s:WSAConnect { to = "server:5000", caller_data = data(32) }))
  outcome("17 octets of expedited data", s:send(data(17), "MSG_OOB"))
  outcome("16 octets of expedited data", s:send(data(16), "MSG_OOB"))
  outcome("100000 octets of data", s:send(data(100000)))
  sleep("10s") -- a disconnect destroys what has not been read
  outcome("65 octets of disconnect data", s:WSASendDisconnect(data(65)))
  outcome("64 octets of disconnect data", s:WSASendDisconnect(data(64)))
end)
