-- Sends `depth` requests in one write and waits for all their answers: wrk's own way of pipelining.
function init(args)
  local depth = tonumber(args[1]) or 16
  local requests = {}
  for index = 1, depth do requests[index] = wrk.format(nil, nil) end
  burst = table.concat(requests)
end

function request()
  return burst
end
