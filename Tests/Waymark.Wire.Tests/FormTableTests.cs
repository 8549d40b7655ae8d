using System.Text;
using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>
/// Each type as a field of a form, in both encodings: there, missing, malformed or there twice. The types and their
/// texts are those of <see cref="BindingTableTests"/>.
/// </summary>
public sealed class FormTableTests
{
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    /// <summary>What is done, the path, the texts of the field, the status, the answer or a part of it.</summary>
    public static TheoryData<string, string, string[], string, string> Table
    {
        get
        {
            var rows = new TheoryData<string, string, string[], string, string>();
            foreach ((string type, string good, string shown, string expected, string[] bad) in BindingTableTests.Types)
            {
                string other = bad.Length > 0 ? bad[0] : "other";
                string form = $"/{type}/form";
                rows.Add("present", form, [good], "200", shown);
                rows.Add("repeated", form, [good, other], "200", shown);
                rows.Add("missing", form, [], "400", $"The form field 'v' is missing; it is {expected}.");
                foreach (string text in bad.Where(text => text.Length > 0))
                    rows.Add("malformed", form, [text], "400", $"The form field 'v' is not {expected}: '{text}'.");
                rows.Add("nullable", form + "-maybe", [], "200", "null");
                rows.Add("nullable", form + "-maybe", [good], "200", shown);
                rows.Add("empty", form + "-maybe", [""], "200", type == "string" ? "" : "null");
                if (type is not ("string" or "uri"))
                    rows.Add("empty", form, [""], "400", $"The form field 'v' is missing; it is {expected}.");
                if (bad.Length > 0 && bad[0].Length > 0)
                    rows.Add("nullable", form + "-maybe", [bad[0]], "400", $"is not {expected}: '{bad[0]}'.");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_form_of_either_encoding_gives_each_type(
        string what, string path, string[] texts, string status, string text)
    {
        Assert.NotEmpty(what);
        string encoded = string.Join('&', texts.Select(value => "v=" + Uri.EscapeDataString(value)));
        string escaped = string.Join('&', texts.Select(value => "%76=" + Escaped(value)));
        string parts = string.Concat(texts.Select(value =>
            $"--b\r\nContent-Disposition: form-data; name=v\r\n\r\n{value}\r\n"));
        foreach ((string type, string body) in new[]
        {
            ("application/x-www-form-urlencoded", encoded),
            ("application/x-www-form-urlencoded", escaped),
            ("multipart/form-data; boundary=b", parts + "--b--\r\n"),
        })
        {
            string octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(body));
            WireAnswer answer = await Engine.PlayAsync(
                FormAnswer.Post(type, octets).Replace("POST /", $"POST {path}", StringComparison.Ordinal),
                handler: Handler);
            string sent = Encoding.UTF8.GetString(Engine.Bytes(answer.Text));
            Assert.True(answer.Statuses == status, $"{type}: {sent}");
            if (status == "200")
                Assert.Equal(text, sent.Split("\r\n\r\n", 2)[1]);
            else
                Assert.Contains(text, sent, StringComparison.Ordinal);
        }
    }

    private static string Escaped(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => $"%{octet:x2}"));
}
