-- A permit, for now or for a moment soon to come, or when to ask for one again.
-- KEYS: 1 departures (zset: permit -> when its request left, or may leave at the latest) 2 throttle (hash) 3 day (count)
--       4 line (zset: process -> the number of its next turn) 5 due (hash: process -> when it was told to ask again)
-- ARGV: 1 permit 2 process 3 requests in a second 4 that second, ms 5 requests in a minute 6 that minute, ms
--       7 requests in a day 8 how long a permit may be used, ms 9 how long to grant none when there is no data, ms
--       10 how long before its moment a permit is granted, ms
-- Returns {1, now, whether to report the answer, ms until it may be used}, or
-- {0, ms until to ask again, why, ms for which no permits are granted}.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local permit, me = ARGV[1], ARGV[2]
local n, second, m, minute = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local hold, ahead = tonumber(ARGV[8]), tonumber(ARGV[10])
-- Up to a quarter faster than the pace, which makes up for a process that came late.
local gap = second / n * 0.8

local seen = tonumber(redis.call('HGET', KEYS[2], 'seen'))
if not seen or seen > now + 1000 then
  -- First use, restart, eviction, a clock set back: as if a full window had just left.
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[4], KEYS[5])
  redis.call('HSET', KEYS[2], 'blocked', now + tonumber(ARGV[9]))
end
redis.call('HSET', KEYS[2], 'seen', now)
redis.call('PEXPIRE', KEYS[2], 2592000000)
local g = redis.call('HMGET', KEYS[2], 'blocked', 'blockedat', 'probing', 'last', 'step', 'pauses', 'turn')
local blocked, last = tonumber(g[1]) or 0, tonumber(g[4]) or 0
local isProbing = g[3] == '1'

-- When the place of the departure that is `count` back is free again; `now` where there is none.
local function freed(count, width)
  local entry = count > 0 and redis.call('ZREVRANGE', KEYS[1], count - 1, count - 1, 'WITHSCORES') or {}
  if not entry[2] then return now end
  local left = tonumber(entry[2])
  if left <= now then return left + width end
  -- Granted, and not reported to have left; most are within milliseconds.
  return math.max(now + ahead + 2, left - hold + 2 + width)
end
-- When one more may leave, after `others` that are granted before it.
local function free(others)
  local first = math.max(now, blocked, last + (isProbing and 1000 or gap))
  return math.max(first + others * gap, freed(n - others, second), freed(m - others, minute))
end

-- The process with the fewest turns comes first, so one that was late catches up, on at most as many as it has in a second.
-- A process that does not ask again when it was told to delays no other.
local turn = tonumber(g[7]) or 0
local place = tonumber(redis.call('ZSCORE', KEYS[4], me)) or turn
place = math.max(place, turn - math.ceil(n / math.max(1, redis.call('ZCARD', KEYS[4]))))
redis.call('ZADD', KEYS[4], place, me)
local before, waiting = {}, 0
local rank = redis.call('ZRANK', KEYS[4], me)
if rank > 0 then before = redis.call('ZRANGE', KEYS[4], 0, rank - 1) end
if #before > 0 then
  for i, due in ipairs(redis.call('HMGET', KEYS[5], unpack(before))) do
    due = tonumber(due) or 0
    if due >= now then
      waiting = waiting + 1
    elseif due < now - 10000 then
      redis.call('ZREM', KEYS[4], before[i])
      redis.call('HDEL', KEYS[5], before[i])
    end
  end
end
local moment = math.ceil(free(waiting))
-- A process with a permit keeps its place, but is not waited for until it asks again.
local isGranted = waiting == 0 and moment <= now + ahead
local due = isGranted and now - 1 or math.max(now + 1, moment - ahead)
redis.call('HSET', KEYS[5], me, due)
redis.call('PEXPIRE', KEYS[4], 600000)
redis.call('PEXPIRE', KEYS[5], 600000)
if not isGranted then
  local why = 'pace'
  if blocked > now then why = g[2] and 'throttled' or 'new' end
  return {0, due - now, why, math.max(0, blocked - now)}
end
if redis.call('INCR', KEYS[3]) > tonumber(ARGV[7]) then
  redis.call('DECR', KEYS[3])
  return {0, 0, 'day', 0}
end
redis.call('ZADD', KEYS[4], place + 1, me)
redis.call('EXPIRE', KEYS[3], 172800)
redis.call('ZADD', KEYS[1], moment + hold, permit)
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -(math.max(n, m) + 2))
redis.call('PEXPIRE', KEYS[1], 2 * minute)
redis.call('HSET', KEYS[2], 'last', moment, 'turn', math.max(turn, place))
local wantsAnswer = isProbing or (tonumber(g[5]) or 0) > 0 or (tonumber(g[6]) or 0) > 0
return {1, now, wantsAnswer and 1 or 0, moment - now}
