-- The disconnect-data example of the Winsock documentation ("Connection setup and teardown").
--
-- A client makes some transactions, then says goodbye with their number as disconnect data. The server learns that the
-- conversation is over, reads that total, adds it to the total of all clients, and answers with the grand total as its
-- own disconnect data. Three clients come one after another.
--
--   client                                   server
--   (1) WSASendDisconnect(total)
--                                            (2) FD_CLOSE, recv returning 0, WSAEDISCON or WSAECONNRESET
--                                            (3) WSARecvDisconnect: the client's total
--                                            (4) computes the grand total
--                                            (5) WSASendDisconnect(grand total)
--   (6) FD_CLOSE                             (5a) closesocket
--   (7) WSARecvDisconnect: the grand total
--   (8) closesocket
--
-- (5a) must follow (5), and has no timing relation to (6), (7) and (8): the first client is slow to look, so that (5a)
-- comes before its (6); for the others the server is slow to close, so that (5a) comes after their (8).
--
-- The program does the same over every provider. Where a call fails, it goes on as a careful program would:
-- without disconnect data it still ends gracefully.

local TRANSACTIONS = { 3, 1, 4 } -- one client each
local PORT = 5000
local LONGER_THAN_ANY_RETRANSMISSION = "1h"

network {
  hosts = { "client", "server" },
  links = { { "client", "server", latency = "10ms" } },
}

-- What a call returned, in words.
local function result(value, err)
  if not value then return err end
  if value == "" then return "nothing" end
  return tostring(value)
end

-- Collects what happened once for each client, and reports it as one outcome: one value where all are alike.
local seen = {}
local function see(name, ...)
  seen[name] = seen[name] or {}
  table.insert(seen[name], result(...))
end
local function report(name)
  local values, alike = seen[name] or { "never" }, true
  for _, value in ipairs(values) do alike = alike and value == values[1] end
  if alike then outcome(name, values[1]) else outcome(name, table.unpack(values)) end
end

local grand_total = 0

local function serve(s, number)
  -- Transactions, until the client has ended the conversation.
  local request, err
  repeat
    request, err = s:recv()
    if request and request ~= "" then assert(s:send("done: " .. request)) end
  until not request or request == ""

  local how = request and "recv returned 0" or err
  step("2", "the server learns of the end: " .. how)
  see("(2) how the server saw the end", how)

  local total, why = s:WSARecvDisconnect()
  step("3", "the client's total: " .. result(total, why))
  see("(3) client's total, as the server read it", total, why)

  grand_total = grand_total + (tonumber(total or "") or 0)
  step("4", "the grand total is now " .. grand_total)
  see("(4) grand total, as the server knows it", tostring(grand_total))

  local sent, refusal = s:WSASendDisconnect(tostring(grand_total))
  step("5", "the server answers with the grand total: " .. result(sent, refusal))
  see("(5) WSASendDisconnect(grand total)", sent, refusal)
  if not sent then s:WSASendDisconnect() end -- gracefully, if there is still somebody to hear it

  if number > 1 then sleep(LONGER_THAN_ANY_RETRANSMISSION) end
  local closed, problem = s:closesocket()
  step("5a", number > 1 and "the server closes, after the client" or "the server closes, before the client looks")
  see("(5a) the server's closesocket", closed, problem)
end

process("server", function()
  local listener = assert(socket())
  assert(listener:bind(PORT))
  assert(listener:listen(#TRANSACTIONS))
  for number = 1, #TRANSACTIONS do
    local s = assert(listener:accept())
    thread(function() serve(s, number) end)
  end
  assert(listener:closesocket())
end)

local function converse(number, transactions)
  local s = assert(socket())
  assert(s:connect("server:" .. PORT))
  for transaction = 1, transactions do
    local request = "client " .. number .. ", transaction " .. transaction
    assert(s:send(request))
    check(assert(s:recv()) == "done: " .. request, "each transaction gets its answer")
  end

  local closed = assert(WSACreateEvent())
  assert(s:WSAEventSelect(closed, "FD_CLOSE"))

  local sent, refusal = s:WSASendDisconnect(tostring(transactions))
  step("1", "client " .. number .. " says goodbye with its total, " .. transactions .. ": " .. result(sent, refusal))
  see("(1) WSASendDisconnect(total)", sent, refusal)
  if not sent then assert(s:WSASendDisconnect()) end -- without the total, but gracefully

  if number == 1 then sleep(LONGER_THAN_ANY_RETRANSMISSION) end
  assert(WSAWaitForMultipleEvents({ closed }))
  local code = assert(s:WSAEnumNetworkEvents(closed)).FD_CLOSE
  step("6", "client " .. number .. " gets FD_CLOSE, code " .. code)
  see("(6) FD_CLOSE at the client, code", code)

  local answer, why = s:WSARecvDisconnect()
  step("7", "client " .. number .. " reads the grand total: " .. result(answer, why))
  see("(7) grand total, as the client read it", answer, why)

  local done, problem = s:closesocket()
  step("8", "client " .. number .. " closes")
  see("(8) the client's closesocket", done, problem)
  closed:close()
end

process("client", function()
  sleep("1ms") -- the server listens by then
  for number, transactions in ipairs(TRANSACTIONS) do converse(number, transactions) end
  sleep(LONGER_THAN_ANY_RETRANSMISSION)
  sleep(LONGER_THAN_ANY_RETRANSMISSION)

  local p = provider()
  note(("%s carries %d octets of disconnect data, and %d octets with the answer"):format(
    p.name, p.disconnect_data_max, p.disconnect_reply_data_max))
  report("(1) WSASendDisconnect(total)")
  report("(2) how the server saw the end")
  report("(3) client's total, as the server read it")
  report("(4) grand total, as the server knows it")
  report("(5) WSASendDisconnect(grand total)")
  report("(5a) the server's closesocket")
  report("(6) FD_CLOSE at the client, code")
  report("(7) grand total, as the client read it")
  report("(8) the client's closesocket")
end)
