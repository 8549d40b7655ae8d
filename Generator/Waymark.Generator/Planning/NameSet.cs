namespace Waymark.Generator.Planning;

/// <summary>Gives every asked name once: a counter from 2 on where it is taken.</summary>
internal sealed class NameSet
{
    private readonly HashSet<string> _taken;

    /// <param name="comparer">How names are told apart; file names differ by more than case.</param>
    /// <param name="reserved">Names that are never given.</param>
    public NameSet(StringComparer comparer, IEnumerable<string> reserved) =>
        _taken = new HashSet<string>(reserved, comparer);

    /// <summary>The name itself, or with the first free counter.</summary>
    public string Take(string name)
    {
        string candidate = name;
        for (int counter = 2; !_taken.Add(candidate); counter++)
            candidate = name + "_" + counter;
        return candidate;
    }

    /// <summary>Makes an identifier of a text: what may not stand in one becomes a single underscore.</summary>
    public static string Identifier(string text)
    {
        var name = new System.Text.StringBuilder();
        foreach (char character in text)
        {
            if (char.IsLetterOrDigit(character) || character == '_')
                name.Append(character);
            else if (name.Length > 0 && name[name.Length - 1] != '_')
                name.Append('_');
        }

        return name.ToString().TrimEnd('_');
    }
}
