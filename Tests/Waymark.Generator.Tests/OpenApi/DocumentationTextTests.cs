using System.Xml.Linq;
using Waymark.Generator.Extraction.Documents;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>Documentation comments as CommonMark and as plain text.</summary>
public sealed class DocumentationTextTests
{
    [Theory]
    [InlineData("Finds\n   a   user.", "Finds a user.", "Finds a user.")]
    [InlineData("a &lt;b&gt; &amp; c", "a <b> & c", "a <b> & c")]
    [InlineData("See <see cref=\"User\"/>.", "See `User`.", "See User.")]
    [InlineData("<see cref=\"M:Shop.Users.Find(System.Int32)\"/>", "`Shop.Users.Find`", "Shop.Users.Find")]
    [InlineData("A <see cref=\"List{T}\"/>", "A `List<T>`", "A List<T>")]
    [InlineData("<see cref=\"User\">them</see>", "them", "them")]
    [InlineData("<see langword=\"null\"/> or <c>a  b</c>", "`null` or `a b`", "null or a b")]
    [InlineData("<c>a`b</c>", "`` a`b ``", "a`b")]
    [InlineData("<paramref name=\"id\"/>, <typeparamref name=\"T\"/>", "`id`, `T`", "id, T")]
    [InlineData("<see href=\"https://x.test\">this</see>", "[this](https://x.test)", "this")]
    [InlineData("<see href=\"https://x.test\"/>", "<https://x.test>", "https://x.test")]
    [InlineData("One.<para>Two.</para><para>Three.</para>", "One.\n\nTwo.\n\nThree.", "One. Two. Three.")]
    [InlineData("One.<br/>Two.", "One.\nTwo.", "One. Two.")]
    [InlineData("<b>a</b> <i>b</i> <u>c</u>", "**a** *b* c", "a b c")]
    [InlineData("x:<list type=\"number\"><item>a</item><item>b</item></list>y", "x:\n\n1. a\n2. b\n\ny", "x: a b y")]
    [InlineData("x<code>\nint a;\n\nint b;\n</code>y", "x\n\n```\nint a;\n\nint b;\n```\n\ny", "x int a; int b; y")]
    [InlineData("", "", "")]
    public void A_comment_is_read_for_people(string xml, string markdown, string plain)
    {
        XElement element = XElement.Parse($"<summary>{xml}</summary>", LoadOptions.PreserveWhitespace);
        Assert.Equal(markdown, DocumentationText.Markdown(element));
        Assert.Equal(plain, DocumentationText.Plain(element));
    }

    [Theory]
    [InlineData("/// <summary>Hello.</summary>", "Hello.")]
    [InlineData("///<summary>\n    ///  Hello\n    ///there.</summary>", "Hello there.")]
    [InlineData("/** <summary>Hello.</summary> */", "Hello.")]
    [InlineData("/**\n     * <summary>\n     * Hello.\n     * </summary>\n     */", "Hello.")]
    [InlineData("/// <summary>Hello.</summary>\n    // Not this.", "Hello.")]
    [InlineData("// <summary>Hello.</summary>", "Get")]
    [InlineData("//// <summary>Hello.</summary>", "Get")]
    [InlineData("/// <summary>Broken < here.</summary>", "Get")]
    [InlineData("/// <remarks>Nothing more.</remarks>", "Get")]
    public void A_comment_is_found_before_its_method(string comment, string summary)
    {
        var document = Documents.Of(
            $"static class Users\n{{\n    {comment}\n    [Get(\"/a\")] internal static void Get() {{ }}\n}}");
        Assert.Equal(summary, (string?)document["paths"]!["/a"]!["get"]!["summary"]);
    }
}
