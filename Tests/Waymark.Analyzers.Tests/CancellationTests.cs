using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM2014: handlers that do not pass on that the client has gone.</summary>
public sealed class CancellationTests
{
    private const string Help =
        """
        private static readonly System.Net.Http.HttpClient Client = new();
        private static Task Save(int id) => Task.CompletedTask;
        private static Task Save(int id, CancellationToken stop) => Task.CompletedTask;
        private static Task Send(int id) => Task.CompletedTask;
        private static Task Send(string id, CancellationToken stop) => Task.CompletedTask;
        private static Task<T> Load<T>(T item) => Task.FromResult(item);
        private static Task<T> Load<T>(T item, CancellationToken stop) => Task.FromResult(item);
        private static Task All(params int[] ids) => Task.CompletedTask;
        private static Task All(int[] ids, CancellationToken stop) => Task.CompletedTask;
        private static IAsyncEnumerable<int> Rows(CancellationToken stop = default) => throw new InvalidOperationException();
        """;

    [Theory]
    [InlineData("""[Get("/")] internal static async Task {|WM2014:A|}() => await Save(1);""")]
    [InlineData("""[Get("/")] internal static Task {|WM2014:A|}() => Save(1);""")]
    [InlineData("""[Get("/")] internal static Task {|WM2014:A|}() { return Save(1); }""")]
    [InlineData("""[Get("/")] internal static Task<string> {|WM2014:A|}() => Client.GetStringAsync("a");""")]
    [InlineData("""[Get("/")] internal static async Task {|WM2014:A|}() { await Task.Delay(1).ConfigureAwait(false); }""")]
    [InlineData("""[Get("/")] internal static async Task {|WM2014:A|}() { await foreach (var x in Rows()) { } }""")]
    [InlineData("""[Get("/")] internal static async Task A(CancellationToken stop) => await {|WM2014:Save|}(1);""")]
    [InlineData("""[Get("/")] internal static async Task A(Exchange e) => await {|WM2014:Save|}(1);""")]
    [InlineData("""[Get("/")] internal static async Task A(CancellationToken stop) { stop.ThrowIfCancellationRequested(); await Load<int>(1, stop); await {|WM2014:Load|}("x"); await Client.{|WM2014:GetAsync|}("a"); }""")]
    public Task A_call_that_could_end_is_shown(string member) => Verify.ReportsWithAsync(
        "WM2014", "", $"internal static class Users\n{{\n{Help}\n{member}\n}}");

    [Fact]
    public Task A_stream_of_items_is_a_handler_too() => Verify.ReportsWithAsync(
        "", "CS0534 CS7036",
        $$"""
        internal static class Users
        {
            {{Help}}
            [Get("/")] internal static async IAsyncEnumerable<string> {|WM2014:A|}() { await Save(1); yield return ""; }
        }
        [System.Text.Json.Serialization.JsonSerializable(typeof(string))]
        internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;
        """);

    [Theory]
    [InlineData("""[Get("/")] internal static async Task A(CancellationToken stop) => await Save(1, stop);""")]
    [InlineData("""[Get("/")] internal static async Task A() => await Save(1, CancellationToken.None);""")]
    [InlineData("""[Get("/")] internal static async Task A() => await Save(1, default);""")]
    [InlineData("""[Get("/")] internal static async Task A(Exchange e) => await Save(1, e.RequestAborted);""")]
    [InlineData("""[Get("/")] internal static async Task A() => await Send(1);""")]
    [InlineData("""[Get("/")] internal static async Task A() => await All(1, 2);""")]
    [InlineData("""[Get("/")] internal static async Task A() => await Task.Yield();""")]
    [InlineData("""[Get("/")] internal static void A() { _ = Save(1); }""")]
    [InlineData("""[Get("/")] internal static async Task A() { try { await Send(1); } finally { await Save(1); } }""")]
    [InlineData("""[Get("/")] internal static async Task A() { try { await Send(1); } catch { await Save(1); } }""")]
    [InlineData("""[Get("/")] internal static async Task A() { await Send(1); Func<Task> f = async () => await Save(1); }""")]
    [InlineData("""[Get("/")] internal static async Task A(CancellationToken stop) { await foreach (var x in Rows(stop)) { } }""")]
    [InlineData("""private static async Task A() => await Save(1);""")]
    public Task A_call_that_could_not_or_must_not_is_left_alone(string member) => Verify.IsSilentAsync(
        "WM2014", $"internal static class Users\n{{\n{Help}\n{member}\n}}");
}
