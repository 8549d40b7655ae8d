using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Commands;

/// <summary>Lines through the emitted code: which method answers, with which values, and what is rejected.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task A_line_reaches_the_command_that_its_words_fit()
    {
        await using LoadedCommands handler = await LoadedCommands.StartAsync(LoadedCommands.HandlerOf("""
            [Command("NOOP")] static string NoOp() => "noop";
            [Command("USER :name")] static string User(string name) => "user " + name;
            [Command("STOR *path")] static string Store(string path) => "stor " + path;
            [Command("GET :key")] static string Get(string key) => "get " + key;
            [Command("GET all")] static string GetAll() => "all";
            [Command("GET :number<int>")] static string GetNumber(int number) => $"number {number + 1}";
            [Command("GET *rest")] static string GetRest(string[] rest) => "rest " + string.Join("|", rest);
            [Command("LIST :path?")] static string List(string? path) => "list " + (path ?? "none");
            [Command("HELP *topic?")] static string Help(string? topic = "topics") => "help " + topic;
            """));

        Assert.Equal(
            [
                "noop", "noop", "user ann", "stor my file  one", "get all2", "all", "all", "number 8", "rest a|b",
                "list none", "list x", "help topics", "help a b",
            ],
            await handler.AskAsync(
                "NOOP", "  noOp\t ", "USER ann", "STOR my file  one", "GET all2", "get ALL", "GET all", "GET 7",
                "GET a b", "LIST", "LIST x", "HELP", "HELP a b"));
    }

    [Fact]
    public async Task What_no_command_takes_is_rejected_with_its_reason()
    {
        await using LoadedCommands handler = await LoadedCommands.StartAsync(LoadedCommands.HandlerOf("""
            [Command("NOOP")] static string NoOp() => "noop";
            [Command("STOR *path")] static string Store(string path) => path;
            [Command("SET :key :value EX :seconds")] static string Set(string key, string value, int seconds) => key;
            [Command("SET :key :value")] static string Set(string key, string value) => key;
            [Command("CONFIG GET :name")] static string Config(string name) => name;
            [Command("CONFIG SET :name :value")] static string Config(string name, string value) => name;
            """));

        Assert.Equal(
            [
                "Unknown|||Unknown command 'FOO'.",
                "Unknown|||Unknown command 'a\\x01\\xFFb'.",
                "Arguments|STOR||'STOR' takes other arguments: STOR *path.",
                "Arguments|NOOP||'NOOP' takes no arguments.",
                "Arguments|SET||'SET' takes other arguments: SET :key :value; SET :key :value EX :seconds.",
                "Arguments|CONFIG GET||'CONFIG GET' takes other arguments: CONFIG GET :name.",
                "Arguments|CONFIG||'CONFIG' takes other arguments: CONFIG GET :name; CONFIG SET :name :value.",
                "Value|SET|seconds|'seconds' is not a whole number from -2147483648 to 2147483647: 'x'.",
                "Value|STOR|path|'path' is not valid UTF-8: 'a\\xFF'.",
                "noop",
            ],
            (await handler.AskAsync(
                "FOO", "a\u0001\u00FFb 1", "stor", "noop 1", "set k", "config get", "config", "SET k v EX x",
                "STOR a\u00FF", "", "  ", "NOOP")));
    }
}
