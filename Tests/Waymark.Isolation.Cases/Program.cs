using Waymark;
using Waymark.Isolation.Cases;

// The entry "unknown" is left out on purpose.
if (await IsolatedServer.RunChildAsync(Entries.Echo, Entries.Broken, Entries.Ends) is { } exitCode)
    return exitCode;

await (args[0] switch
{
    "D08" => ServerCases.StartAsync(),
    "D08-failures" => ServerCases.FailAsync(),
    "D08-arguments" => ServerCases.RefuseArgumentsAsync(),
    "D09" => ServerCases.TerminateAsync(),
    "D09-collected" => ServerCases.CollectAsync(),
    "unknown" => ServerCases.RecurseAsync(),
    "A14" => TickerCases.FailToStartAsync(),
    "A14-hanging" => TickerCases.FailBehindHangingAsync(),
    "restarts" => TickerCases.RestartAsync(),
    "dictionary" => TickerCases.ShareDictionaryAsync(),
    _ => throw new ArgumentException($"There is no case {args[0]}."),
});
Children.ExpectNone();
return 0;
