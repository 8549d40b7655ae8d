using System.Globalization;
using System.Text;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>
/// The naming policies that a context can be given by name; numbered as <c>JsonKnownNamingPolicy</c>.
/// </summary>
internal enum NamingPolicy
{
    None = 0,
    CamelCase = 1,
    SnakeCaseLower = 2,
    SnakeCaseUpper = 3,
    KebabCaseLower = 4,
    KebabCaseUpper = 5,
}

/// <summary>Names as System.Text.Json converts them; a test compares the two.</summary>
internal static class NamingPolicies
{
    public static string Convert(this NamingPolicy policy, string name) => policy switch
    {
        NamingPolicy.CamelCase => CamelCase(name),
        NamingPolicy.SnakeCaseLower => Separated(name, '_', isLower: true),
        NamingPolicy.SnakeCaseUpper => Separated(name, '_', isLower: false),
        NamingPolicy.KebabCaseLower => Separated(name, '-', isLower: true),
        NamingPolicy.KebabCaseUpper => Separated(name, '-', isLower: false),
        _ => name,
    };

    /// <summary>Lowers the capitals at the start, but the last of several before a small letter.</summary>
    private static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
            return name;
        char[] characters = name.ToCharArray();
        for (int index = 0; index < characters.Length; index++)
        {
            if (index == 1 && !char.IsUpper(characters[index]))
                break;
            if (index > 0 && index + 1 < characters.Length && !char.IsUpper(characters[index + 1]))
            {
                // "IO Name" is lowered up to the space.
                if (characters[index + 1] == ' ')
                    characters[index] = char.ToLowerInvariant(characters[index]);
                break;
            }

            characters[index] = char.ToLowerInvariant(characters[index]);
        }

        return new string(characters);
    }

    private static string Separated(string name, char separator, bool isLower)
    {
        var text = new StringBuilder(name.Length + 4);
        Previous previous = Previous.Nothing;
        for (int index = 0; index < name.Length; index++)
        {
            char character = name[index];
            switch (char.GetUnicodeCategory(character))
            {
                case UnicodeCategory.UppercaseLetter:
                    bool isLastCapital = index + 1 < name.Length && char.IsLower(name[index + 1]);
                    if (previous is Previous.Small or Previous.Space || (previous == Previous.Capital && isLastCapital))
                        text.Append(separator);
                    text.Append(isLower ? char.ToLowerInvariant(character) : character);
                    previous = Previous.Capital;
                    break;
                case UnicodeCategory.LowercaseLetter:
                case UnicodeCategory.DecimalDigitNumber:
                    if (previous == Previous.Space)
                        text.Append(separator);
                    text.Append(isLower ? character : char.ToUpperInvariant(character));
                    previous = Previous.Small;
                    break;
                case UnicodeCategory.SpaceSeparator:
                    if (previous != Previous.Nothing)
                        previous = Previous.Space;
                    break;
                default:
                    text.Append(character);
                    previous = Previous.Nothing;
                    break;
            }
        }

        return text.ToString();
    }

    private enum Previous
    {
        Nothing,
        Capital,
        Small,
        Space,
    }
}
