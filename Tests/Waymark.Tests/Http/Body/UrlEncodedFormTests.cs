using System.Text;
using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

/// <summary>WHATWG URL section 5.1, and a twin over strings.</summary>
public sealed class UrlEncodedFormTests
{
    [Fact]
    public void Fields_are_found_by_name_and_in_their_order()
    {
        var form = new FormFields();
        Assert.Equal(RequestRejection.None, UrlEncodedForm.Parse("a=1&b=&a=2&%61=3&c"u8, 5, form));
        Assert.Equal(5, form.Count);
        Assert.Equal(("1", "", "", null), (form["a"], form["b"], form["c"], form["d"]));
        Assert.Null(form[new string('a', 300)]);
        Assert.True(form.TryGetRaw("a"u8, out ReadOnlySpan<byte> first));
        Assert.Equal("1", Encoding.UTF8.GetString(first));
        Assert.False(form.TryGetRaw("A"u8, out _));
        var values = new List<string>();
        foreach (ReadOnlySpan<byte> value in form.ValuesOf("a"u8))
            values.Add(Encoding.UTF8.GetString(value));
        Assert.Equal(["1", "2", "3"], values);
        Assert.Equal("a=1 b= a=2 a=3 c=", string.Join(' ', Listed(form)));
        form.Release();
        Assert.Equal((0, null), (form.Count, form["a"]));
    }

    [Theory]
    [InlineData(2, nameof(RequestRejection.TooManyFormFields))]
    [InlineData(3, nameof(RequestRejection.None))]
    [InlineData(4, nameof(RequestRejection.None))]
    public void The_number_of_fields_has_a_limit(int keysMax, string expected)
    {
        var form = new FormFields();
        Assert.Equal(expected, UrlEncodedForm.Parse("&a&&b&c=1&"u8, keysMax, form).ToString());
        form.Release();
    }

    [Fact]
    public void Random_forms_are_read_as_the_twin_reads_them()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] atoms = ["x", "=", "&", "+", "%", "%4", "%41", "%3d", "%26", "%C3%BC", "%00", "\u00fc", "%2B", "%zz"];
        for (int round = 0; round < 5000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => random.GetItems(atoms, 1)[0]));
            var form = new FormFields();
            Assert.Equal(RequestRejection.None, UrlEncodedForm.Parse(Encoding.UTF8.GetBytes(text), 1024, form));
            Assert.True(
                text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Twin).SequenceEqual(Listed(form)),
                $"seed {seed}, round {round}: {text}");
            form.Release();
        }
    }

    private static List<string> Listed(FormFields form)
    {
        var listed = new List<string>();
        foreach (FormField field in form)
            listed.Add($"{field.Name}={field.Value}");
        return listed;
    }

    private static string Twin(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? $"{Decode(pair)}=" : $"{Decode(pair[..equals])}={Decode(pair[(equals + 1)..])}";
    }

    private static string Decode(string text) => System.Net.WebUtility.UrlDecode(text);
}
