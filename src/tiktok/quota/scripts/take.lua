-- A permit, or when to ask for it again.
-- KEYS: 1 departures (zset: permit -> when its request left, or may leave at the latest) 2 throttle (hash) 3 day (count)
--       4 line (zset: process -> its place) 5 due (hash: process -> when it was told to ask again)
-- ARGV: 1 permit 2 process 3 requests in a second 4 that second, ms 5 requests in a minute 6 that minute, ms
--       7 requests in a day 8 how long a permit may be used, ms 9 how long to grant none when there is no data, ms
-- Returns {1, now, whether to report the answer}, or {0, ms until to ask again, why, ms for which no permits are granted}.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local permit, me = ARGV[1], ARGV[2]
local n, second, m, minute = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local hold = tonumber(ARGV[8])
local gap = second / n

local seen = tonumber(redis.call('HGET', KEYS[2], 'seen'))
if not seen or seen > now + 1000 then
  -- First use, restart, eviction, a clock set back: as if a full window had just left.
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[4], KEYS[5])
  redis.call('HSET', KEYS[2], 'blocked', now + tonumber(ARGV[9]))
end
redis.call('HSET', KEYS[2], 'seen', now)
redis.call('PEXPIRE', KEYS[2], 2592000000)
local g = redis.call('HMGET', KEYS[2], 'blocked', 'blockedat', 'probing', 'last', 'step', 'pauses')
local blocked, last = tonumber(g[1]) or 0, tonumber(g[4]) or 0
local isProbing = g[3] == '1'

-- When one more may leave.
local free = math.max(now, blocked, last + (isProbing and 1000 or gap * 0.8))
local function after(count, width)
  local entry = redis.call('ZREVRANGE', KEYS[1], count - 1, count - 1, 'WITHSCORES')
  if not entry[2] then return end
  local left = tonumber(entry[2])
  if left > now then
    -- Granted, and not reported to have left; most are within milliseconds.
    free = math.max(free, now + 2, left - hold + 2 + width)
  else
    free = math.max(free, left + width)
  end
end
after(n, second)
after(m, minute)

-- First come, first served. A process that does not ask again when it was told to delays no other, and keeps its place.
local place = redis.call('ZSCORE', KEYS[4], me)
if not place then
  place = redis.call('HINCRBY', KEYS[2], 'number', 1)
  redis.call('ZADD', KEYS[4], place, me)
end
local ahead, waiting = {}, 0
local rank = redis.call('ZRANK', KEYS[4], me)
if rank > 0 then ahead = redis.call('ZRANGE', KEYS[4], 0, rank - 1) end
if #ahead > 0 then
  for i, due in ipairs(redis.call('HMGET', KEYS[5], unpack(ahead))) do
    due = tonumber(due) or 0
    if due >= now then
      waiting = waiting + 1
    elseif due < now - 10000 then
      redis.call('ZREM', KEYS[4], ahead[i])
      redis.call('HDEL', KEYS[5], ahead[i])
    end
  end
end
if free > now or waiting > 0 then
  local due = math.ceil(free + waiting * gap)
  redis.call('HSET', KEYS[5], me, due)
  redis.call('PEXPIRE', KEYS[4], 600000)
  redis.call('PEXPIRE', KEYS[5], 600000)
  local why = 'pace'
  if blocked > now then why = g[2] and 'throttled' or 'new' end
  return {0, math.max(1, due - now), why, math.max(0, blocked - now)}
end
redis.call('ZREM', KEYS[4], me)
redis.call('HDEL', KEYS[5], me)
if redis.call('INCR', KEYS[3]) > tonumber(ARGV[7]) then
  redis.call('DECR', KEYS[3])
  return {0, 0, 'day', 0}
end
redis.call('EXPIRE', KEYS[3], 172800)
redis.call('ZADD', KEYS[1], now + hold, permit)
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -(math.max(n, m) + 2))
redis.call('PEXPIRE', KEYS[1], 2 * minute)
redis.call('HSET', KEYS[2], 'last', now)
local wantsAnswer = isProbing or (tonumber(g[5]) or 0) > 0 or (tonumber(g[6]) or 0) > 0
return {1, now, wantsAnswer and 1 or 0}
