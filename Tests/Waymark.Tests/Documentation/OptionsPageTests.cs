using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Waymark.Testing;

namespace Waymark.Tests.Documentation;

/// <summary>docs/reference/options.md has every option, with the default that the code has.</summary>
public sealed partial class OptionsPageTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // The most asked for; all others follow by name.
    private static readonly Type[] First =
    [
        typeof(ServerOptions), typeof(NetworkServerOptions), typeof(ServerLimits), typeof(TcpServerOptions),
        typeof(ListenOptions), typeof(TlsOptions), typeof(ConsoleLogOptions),
    ];

    private static readonly Assembly[] Assemblies =
        [typeof(ServerOptions).Assembly, typeof(RateLimitOptions).Assembly, typeof(NativeAppOptions).Assembly];

    [Fact]
    public void The_page_has_every_option_with_its_default() =>
        ReferencePage.AssertHolds("docs/reference/options.md", string.Concat(Types().Select(SectionOf)));

    [Fact]
    public void What_is_an_option_is_found()
    {
        Type[] types = [.. Types()];
        Assert.True(types.Length > 35, $"{types.Length} types were found");
        Assert.Contains(typeof(JwtAuthenticationOptions), types);
        Assert.Equal("10 s", Shown(TimeSpan.FromSeconds(10)));
        Assert.Equal("1 min 30 s", Shown(TimeSpan.FromSeconds(90)));
        Assert.Equal("30,000,000", Shown(30_000_000L));
        Assert.Equal("`a`, `b`", Shown(new List<string> { "a", "b" }));
        Assert.Equal("none", Shown(Array.Empty<string>()));
    }

    private static IEnumerable<Type> Types() => First.Concat(Assemblies
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => IsOptions().IsMatch(type.Name) && !First.Contains(type))
        .OrderBy(type => type.Name, StringComparer.Ordinal));

    private static string SectionOf(Type type)
    {
        object? defaults = type.IsAbstract ? new ServerOptions() : Activator.CreateInstance(type);
        XElement documentation = DocumentationOf(type.Assembly);
        var text = new StringBuilder("\n## ").Append(type.Name).Append("\n\n")
            .Append(Summary(documentation, $"T:{type.FullName}")).Append("\n\n| option | default | |\n|---|---|---|\n");
        foreach (PropertyInfo option in type.GetProperties(Declared)
            .Where(option => option.SetMethod is { IsPublic: true })
            .OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            string shown = option.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))
                ? "has to be given"
                : Shown(option.GetValue(defaults));
            string meaning = Summary(documentation, $"P:{type.FullName}.{option.Name}");
            Assert.NotEqual("", meaning);
            text.Append($"| `{option.Name}` | {shown} | {ReferencePage.Cell(meaning)} |\n");
        }

        return text.ToString();
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        "" => "empty",
        string text => $"`{text}`",
        Enum member => $"`{member}`",
        TimeProvider => "the system's",
        TimeSpan time when time == Timeout.InfiniteTimeSpan => "for ever",
        TimeSpan time => Shown(time),
        IFormattable number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Shown)) is { Length: > 0 } items ? items : "none",
        _ => IsOptions().IsMatch(value.GetType().Name) ? "its defaults" : $"`{value}`",
    };

    private static string Shown(TimeSpan time)
    {
        (int Count, string Unit)[] parts =
        [
            (time.Days, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s"), (time.Milliseconds, "ms"),
        ];
        string[] shown = [.. parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Unit}")];
        return shown.Length > 0 ? string.Join(' ', shown) : "0";
    }

    private static XElement DocumentationOf(Assembly assembly) =>
        XElement.Load(Path.ChangeExtension(assembly.Location, ".xml"));

    /// <summary>The summary of a member, in one line, as Markdown.</summary>
    private static string Summary(XElement documentation, string member)
    {
        XElement? summary = documentation.Descendants("member")
            .FirstOrDefault(found => (string?)found.Attribute("name") == member)?.Element("summary");
        return summary is null ? "" : Spaces().Replace(string.Concat(summary.Nodes().Select(Written)), " ").Trim();
    }

    private static string Written(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { HasElements: false, IsEmpty: false } named => named.Value,
        XElement element when (string?)element.Attribute("cref") is { } reference => $"`{NameOf(reference)}`",
        XElement element => (string?)element.Attribute("langword") ?? element.Value,
        _ => "",
    };

    /// <summary>P:Waymark.ServerLimits.RateGrace is ServerLimits.RateGrace, T:Waymark.Principal is Principal.</summary>
    private static string NameOf(string reference)
    {
        string[] parts = reference[2..].Split('(')[0].Split('.');
        string name = string.Join('.', parts[^(reference.StartsWith("T:", StringComparison.Ordinal) ? 1 : 2)..]);
        return Arity().Replace(name, "");
    }

    [GeneratedRegex("(Options|Limits|^RestartPolicy|^WebSocketCompression)$")]
    private static partial Regex IsOptions();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("`+[0-9]+")]
    private static partial Regex Arity();
}
