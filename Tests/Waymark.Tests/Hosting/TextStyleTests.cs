using System.Text;
using System.Text.RegularExpressions;
using Waymark.Hosting;

namespace Waymark.Tests.Hosting;

public sealed class TextStyleTests
{
    private static readonly RouteInfo[] Routes =
    [
        new("GET", "/", "Home.Index"),
        new("DELETE", "/users/:id<int>/*rest", "Users.Remove"),
    ];

    [Theory]
    [InlineData(true, null, null, true)]
    [InlineData(true, "xterm-256color", null, true)]
    [InlineData(true, "xterm-256color", "", true)]
    [InlineData(true, "xterm-256color", "1", false)]
    [InlineData(true, "xterm-256color", "0", false)]
    [InlineData(true, "dumb", null, false)]
    [InlineData(false, "xterm-256color", null, false)]
    public void Colors_are_for_terminals_whose_user_does_not_object(
        bool isTerminal, string? terminal, string? noColor, bool isColored)
    {
        var environment = new HostEnvironment
        {
            IsOutputTerminal = () => isTerminal,
            GetVariable = name => name switch
            {
                "TERM" => terminal,
                "NO_COLOR" => noColor,
                // A console of Windows has to say that it knows the sequences.
                "WT_SESSION" => "1",
                _ => null,
            },
        };
        Assert.Same(isColored ? TextStyle.Colored : TextStyle.Plain, TextStyle.Of(environment));
    }

    [Fact]
    public void Without_its_sequences_a_colored_banner_is_the_plain_one()
    {
        string[] endpoints = ["http://127.0.0.1:8080"];
        string colored = Banner.Format(endpoints, Routes, TextStyle.Colored);
        Assert.Equal(Banner.Format(endpoints, Routes, TextStyle.Plain), Regex.Replace(colored, "\u001b\\[[0-9]*m", ""));
        Assert.Contains("\u001b[36mhttp://127.0.0.1:8080\u001b[0m\n", colored, StringComparison.Ordinal);
        Assert.Contains("\u001b[31mDELETE\u001b[0m  ", colored, StringComparison.Ordinal);
        Assert.Contains("\u001b[32mGET\u001b[0m     ", colored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/users", "/users")]
    [InlineData("/users/:id", "/users/{:id}")]
    [InlineData("/users/:id<int>/posts/:post", "/users/{:id<int>}/posts/{:post}")]
    [InlineData("/:a-:b/x", "/{:a-:b}/x")]
    [InlineData("/:a<regex(x/y)>/z", "/{:a<regex(x/y)>}/z")]
    [InlineData("/files/*path", "/files/{*path}")]
    public void Captures_of_a_template_stand_out(string template, string expected)
    {
        var text = new StringBuilder();
        TextStyle.Colored.AppendTemplate(text, template);
        Assert.Equal(expected, text.ToString().Replace("\u001b[36m", "{").Replace("\u001b[0m", "}"));
    }
}
