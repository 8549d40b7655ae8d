using System.Text;
using System.Text.RegularExpressions;
using Waymark.Testing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A page of another origin uses Samples/Todo in a real browser, which sends real preflights.</summary>
/// <remarks><c>WAYMARK_SCREENSHOT=todo.png</c> keeps what the page shows at its end.</remarks>
public sealed partial class TodoBrowserTests(BuiltTodo todo) : IClassFixture<BuiltTodo>
{
    private const string Page = """
        <!doctype html>
        <meta charset="utf-8"><title>Todo from another origin</title>
        <style>body { font: 16px sans-serif; margin: 2em } .FAIL { color: #b00 } .pass { color: #060 }</style>
        <h1>Todo from another origin</h1>
        <p id="where"></p>
        <ol id="steps"></ol>
        <p id="end">running</p>
        <script>
        const root = new URLSearchParams(location.search).get("api");
        const seen = [];
        document.getElementById("where").textContent = location.origin + " uses " + root;
        function step(name, isRight) {
          const line = document.createElement("li");
          line.className = isRight ? "pass" : "FAIL";
          line.textContent = line.className + " " + name;
          seen.push(line.textContent);
          document.getElementById("steps").append(line);
        }
        async function ask(method, url, body) {
          const answer = await fetch(url, {
            method,
            headers: body ? { "Content-Type": "application/json" } : {},
            body: body ? JSON.stringify(body) : undefined,
          });
          const text = await answer.text();
          return { status: answer.status, location: answer.headers.get("Location"), json: text && JSON.parse(text) };
        }
        async function run() {
          const added = await ask("POST", root, { title: "from a page", order: 7 });
          step("add", added.status === 201 && added.json.title === "from a page" && added.json.completed === false);
          step("the field Location can be read", added.location === added.json.url);
          step("the url is absolute", added.json.url.startsWith(root + "/"));
          const changed = await ask("PATCH", added.json.url, { completed: true });
          step("patch", changed.json.completed === true && changed.json.order === 7);
          // Not the first one: the preflight for its PATCH has allowed DELETE as well, and the browser remembers that.
          const other = await ask("POST", root, { title: "to be deleted" });
          const all = (await ask("GET", root)).json;
          step("list", all.length === 2 && all[0].url === added.json.url && all[0].completed && !all[1].completed);
          step("delete one", (await ask("DELETE", other.json.url)).status === 204);
          step("an error can be read", (await ask("GET", other.json.url)).json.status === 404);
          step("one is left", (await ask("GET", root)).json.length === 1);
          step("delete all", (await ask("DELETE", root)).status === 204);
          const refused = await fetch(root, { method: "PUT" }).then(() => false, () => true);
          step("a method that no preflight allows is not sent", refused);
        }
        run().then(() => "done", error => "FAIL " + error).then(text => {
          document.getElementById("end").textContent = text;
          return fetch("/done", { method: "POST", body: seen.concat(text).join("\n") });
        });
        </script>
        """;

    private readonly TaskCompletionSource<string> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_page_of_another_origin_uses_the_list_through_preflights()
    {
        Assert.SkipWhen(Browser.Program is null, "There is no Chromium on the PATH.");
        await using TestHost site = await TestHost.StartOnPortAsync(
            new TestTable(), configure: server => server.Use(_ => ServeAsync));
        await using Relay relay = Relay.Before(todo.Client.BaseAddress!);
        string api = new Uri(relay.Address, "/todos").AbsoluteUri;
        var page = new Uri(site.BaseAddress, $"/?api={Uri.EscapeDataString(api)}");

        string seen;
        await using (Browser.Open(page))
            seen = await _done.Task.WaitAsync(Browser.Patience, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("FAIL", seen, StringComparison.Ordinal);
        Assert.EndsWith("\ndone", seen, StringComparison.Ordinal);
        Assert.Equal(10 + 1, seen.Split('\n').Length);
        AssertPreflights(string.Concat(relay.Received), site.BaseAddress.GetLeftPart(UriPartial.Authority));
        if (Environment.GetEnvironmentVariable("WAYMARK_SCREENSHOT") is { Length: > 0 } file)
            await Browser.TakeScreenshotAsync(page, file);
    }

    /// <summary>
    /// Each method that needs a preflight had one at the server (DELETE of the list that for POST, which allows both),
    /// and PUT never got beyond its own.
    /// </summary>
    private static void AssertPreflights(string received, string origin)
    {
        string[] preflights =
        [
            .. RequestPattern().Matches(received)
                .Where(request => request.Groups["method"].Value == "OPTIONS")
                .Select(request => request.Value),
        ];
        Assert.All(preflights, head => Assert.Contains($"\r\nOrigin: {origin}\r\n", head, StringComparison.Ordinal));
        Assert.Equal(
            ["DELETE /todos/N", "PATCH /todos/N content-type", "POST /todos content-type", "PUT /todos"],
            preflights.Select(Describe).Distinct().Order(StringComparer.Ordinal));

        IEnumerable<string> requests = RequestPattern().Matches(received)
            .Select(request => request.Groups["method"].Value).Where(method => method != "OPTIONS");
        Assert.Equal(
            ["DELETE", "DELETE", "GET", "GET", "GET", "PATCH", "POST", "POST"], requests.Order(StringComparer.Ordinal));
    }

    /// <summary>What a preflight asks for: the method, the path without the id, the fields.</summary>
    private static string Describe(string preflight)
    {
        string method = FieldPattern("method").Match(preflight).Groups[1].Value;
        string fields = FieldPattern("headers").Match(preflight).Groups[1].Value;
        string path = Regex.Replace(preflight.Split(' ')[1], "[0-9]+", "N");
        return $"{method} {path} {fields}".TrimEnd();
    }

    private static Regex FieldPattern(string name) =>
        new($"\r\nAccess-Control-Request-{name}: ([^\r]*)\r\n", RegexOptions.IgnoreCase);

    private async ValueTask ServeAsync(Exchange exchange)
    {
        if (exchange.Request.Path == "/done")
        {
            var body = new MemoryStream();
            byte[] buffer = new byte[4096];
            for (int count; (count = await exchange.Request.Body.ReadAsync(buffer)) > 0;)
                body.Write(buffer, 0, count);
            _done.TrySetResult(Encoding.UTF8.GetString(body.ToArray()));
            return;
        }

        exchange.Response.SetContentType("text/html; charset=utf-8"u8);
        exchange.Response.Write(Page);
    }

    /// <summary>The head of a request; what the bodies hold, which is JSON, looks like none.</summary>
    [GeneratedRegex(@"(?<method>[A-Z]+) /[^ \r\n]* HTTP/1\.1\r\n(?:[^\r\n]+\r\n)+\r\n")]
    private static partial Regex RequestPattern();
}
