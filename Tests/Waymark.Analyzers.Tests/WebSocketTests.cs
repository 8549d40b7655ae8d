using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM5013: what is under [WebSocket] takes a socket, and nothing else does.</summary>
public sealed class WebSocketTests
{
    [Theory]
    [InlineData("[WebSocket(\"/\")] internal static Task {|WM5013:F|}() => Task.CompletedTask;")]
    [InlineData("[WebSocket(\"/\")] internal static Task {|WM5013:F|}(Exchange exchange) => Task.CompletedTask;")]
    [InlineData("[WebSocket(\"/\")] internal static void {|WM5013:F|}(WebSocket socket) { }")]
    [InlineData("[WebSocket(\"/\")] internal static string {|WM5013:F|}(WebSocket socket) => \"\";")]
    [InlineData("[WebSocket(\"/\")] internal static Task<int> {|WM5013:F|}(WebSocket socket) => null!;")]
    [InlineData("[WebSocket(\"/\")] internal static Task F(WebSocket a, WebSocket {|WM5013:b|}) => null!;")]
    [InlineData("[WebSocket(\"/\")] internal static Task F(WebSocket a, [Body] string {|WM5013:b|}) => null!;")]
    [InlineData("[Get(\"/\")] internal static Task F(WebSocket {|WM5013:socket|}) => null!;")]
    [InlineData("[Post(\"/\")] internal static Task F(WebSocket? {|WM5013:socket|}) => null!;")]
    [InlineData("[WebSocket(\"/\"), Get(\"/x\")] internal static Task F(WebSocket {|WM5013:socket|}) => null!;")]
    [InlineData("[Get(\"/\")] internal static void F(Bag {|WM5013:bag|}) { } [Bind] internal record Bag(WebSocket A);")]
    [InlineData(
        "[WebSocket(\"/\")] internal static Task F(WebSocket socket, Bag {|WM5013:bag|}) => null!;" +
        " [Bind] internal record Bag(WebSocket A);")]
    [InlineData("[WebSocket(\"/\", MessageBytesMax = 0)] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", FrameBytesMax = 124)] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", PingIntervalSeconds = 0)] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", PingTimeoutSeconds = -1)] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", CloseTimeoutSeconds = 86401)] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", Subprotocols = [\"\"])] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", AllowedOrigins = [\"x.example\"])] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    [InlineData("[WebSocket(\"/\", AllowedOrigins = [\"https://x/y\"])] internal static Task {|WM5013:F|}(WebSocket s) => null!;")]
    public Task What_cannot_be_opened_is_shown(string member) => Verify.ReportsAsync(Class(member));

    [Theory]
    [InlineData("[WebSocket(\"/\")] internal static Task F(WebSocket socket) => null!;")]
    [InlineData("[WebSocket(\"/:x\")] internal static ValueTask F(string x, WebSocket? s, CancellationToken t) => default;")]
    [InlineData("[WebSocket(\"/\"), WebSocket(\"/b\")] internal static async Task F(WebSocket so) => await Task.Yield();")]
    [InlineData(
        "[WebSocket(\"/\", MessageBytesMax = 1, FrameBytesMax = 125, PingIntervalSeconds = -1, " +
        "PingTimeoutSeconds = 1, CloseTimeoutSeconds = 86400, Subprotocols = [\"a.b\"], " +
        "AllowedOrigins = [\"*\", \"null\", \"https://x:1\"])] " +
        "internal static Task F(WebSocket s) => null!;")]
    [InlineData("[Get(\"/\")] internal static Task F([Service] WebSocket s) => null!;")]
    public Task What_can_be_opened_is_right(string member) => Verify.IsSilentAsync("WM5013", Class(member));

    private static string Class(string member) =>
        "using System.Net.WebSockets;\ninternal static class A { " + member + " }";
}
