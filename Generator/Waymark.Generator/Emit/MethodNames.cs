using System.Globalization;

namespace Waymark.Generator.Emit;

/// <summary>How generated code spells request methods: a member of Verbs, or a bit of the table's own.</summary>
internal sealed class MethodNames
{
    /// <summary>The runtime's <c>Verbs.FirstCustom</c>; part of the contract with it.</summary>
    private const int FirstCustom = 256;

    /// <summary>The seven standard methods that <c>*</c> takes: the bits below TRACE.</summary>
    private const int StandardMask = 127;

    private readonly List<string> _custom;

    /// <param name="verbs">The verbs of all routes.</param>
    public MethodNames(IEnumerable<string> verbs) => _custom = verbs
        .Where(verb => verb != "*" && StandardName(verb) is null)
        .Distinct(StringComparer.Ordinal)
        .OrderBy(verb => verb, StringComparer.Ordinal)
        .ToList();

    /// <summary>The methods beyond the standard ones, in the order of their bits.</summary>
    public IReadOnlyList<string> Custom => _custom;

    /// <summary>Every method that a route for every method is known to take, as an expression.</summary>
    public string Every => Spell(StandardMask | (((1 << _custom.Count) - 1) * FirstCustom));

    /// <summary>A method as an expression of type Verbs, constant.</summary>
    public string Of(string verb) => StandardName(verb) is { } name
        ? "Wm::Verbs." + name
        : Spell(FirstCustom << _custom.IndexOf(verb));

    /// <summary>The token as a comment, where the bit does not say it.</summary>
    public string CommentOf(string verb) => StandardName(verb) is null ? " // " + SourceText.OneLine(verb) : "";

    private static string Spell(int bits) => "(Wm::Verbs)0x" + bits.ToString("x", CultureInfo.InvariantCulture);

    private static string? StandardName(string verb) => verb switch
    {
        "GET" => "Get",
        "HEAD" => "Head",
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        "PATCH" => "Patch",
        "OPTIONS" => "Options",
        "TRACE" => "Trace",
        _ => null,
    };
}
