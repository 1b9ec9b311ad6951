-- A post-dissector that checks the checksum of every TPDU (ISO 8073 6.17), over the whole of it. Wireshark's own verdict
-- (cotp.checksum.status, as of 4.0) sums the first octets only, and calls every TPDU bad.
--
-- wsim_cotp.good and wsim_cotp.bad count the TPDUs of a frame that carry a checksum. TPDUs in CLNP segments that are
-- not a whole data unit are not looked at.

local cotp_checksum = Proto("wsim_cotp", "COTP checksum over the whole TPDU")
local good = ProtoField.uint32("wsim_cotp.good", "Good checksums")
local bad = ProtoField.uint32("wsim_cotp.bad", "Bad checksums")
cotp_checksum.fields = { good, bad }

local ETHERNET_HEADER, LLC_HEADER = 14, 3
-- The fixed part of each TPDU in the normal format, by the high half of its second octet, in octets with LI. In the
-- extended format DT, ED, EA and AK are longer; their LI tells.
local FIXED = { [0xE] = 7, [0xD] = 7, [0x8] = 7, [0xC] = 6, [0xF] = 5, [0x1] = 5, [0x6] = 5, [0x2] = 5, [0x7] = 5 }
local EXTENDED = { [0xF] = 8, [0x1] = 8, [0x6] = 10, [0x2] = 8 }
local WITH_USER_DATA = { [0xE] = true, [0xD] = true, [0x8] = true, [0xF] = true, [0x1] = true }

-- Whether parameters fill the header from `at` to `last` exactly, and a checksum is among them.
local function find_checksum(octets, at, last)
  local found = false
  while at < last do
    if at + 1 >= last then return nil end
    local code, length = octets:get_index(at), octets:get_index(at + 1)
    if code == 0xC3 and length == 2 then found = true end
    at = at + 2 + length
  end
  if at ~= last then return nil end
  return found
end

local function has_checksum(octets, at, kind, header)
  local found = find_checksum(octets, at + FIXED[kind], at + header)
  if found == nil and EXTENDED[kind] then found = find_checksum(octets, at + EXTENDED[kind], at + header) end
  return found
end

local function sums_to_zero(octets, first, count)
  local c0, c1 = 0, 0
  for i = first, first + count - 1 do
    c0 = (c0 + octets:get_index(i)) % 255
    c1 = (c1 + c0) % 255
  end
  return c0 == 0 and c1 == 0
end

function cotp_checksum.dissector(frame, _, tree)
  if frame:len() < ETHERNET_HEADER + LLC_HEADER + 9 then return end
  local octets = frame:bytes()
  if frame(ETHERNET_HEADER, 2):uint() ~= 0xFEFE then return end
  local clnp = ETHERNET_HEADER + LLC_HEADER
  if octets:get_index(clnp) ~= 0x81 then return end
  local header = octets:get_index(clnp + 1)
  local flags = octets:get_index(clnp + 4)
  if flags % 32 ~= 0x1C then return end -- an error report carries no TPDU of its own
  local total = frame(clnp + 5, 2):uint()
  if flags >= 0x80 then
    local part = clnp + 9
    part = part + 1 + octets:get_index(part)
    part = part + 1 + octets:get_index(part)
    local more = math.floor(flags / 0x40) % 2 == 1
    if more or frame(part + 2, 2):uint() ~= 0 then return end
  end
  local at, last = clnp + header, clnp + total
  local counted = { [true] = 0, [false] = 0 }
  while at < last do
    local tpdu_header = octets:get_index(at) + 1
    local kind = math.floor(octets:get_index(at + 1) / 16)
    local length = WITH_USER_DATA[kind] and last - at or tpdu_header
    if not FIXED[kind] or at + length > last then
      counted[false] = counted[false] + 1
      break
    end
    if has_checksum(octets, at, kind, tpdu_header) then
      local right = sums_to_zero(octets, at, length)
      counted[right] = counted[right] + 1
    end
    at = at + length
  end
  local item = tree:add(cotp_checksum)
  if counted[true] > 0 then item:add(good, counted[true]) end
  if counted[false] > 0 then item:add(bad, counted[false]) end
end

register_postdissector(cotp_checksum)
