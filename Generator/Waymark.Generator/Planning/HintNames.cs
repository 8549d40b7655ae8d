namespace Waymark.Generator.Planning;

/// <summary>Names of the generated files, without their ending.</summary>
internal static class HintNames
{
    public const string Routes = "Waymark.Routes";
    public const string Middleware = "Waymark.Middleware";
    public const string Parsers = "Waymark.Parsers";
    public const string OpenApi = "Waymark.OpenApi";
    public const string Validators = "Waymark.Validators";
    public const string Links = "Waymark.Links";
    public const string Problems = "Waymark.Problems";
    public const string Failure = "Waymark.Failure";
    public const string CommandProblems = "Waymark.CommandProblems";

    /// <summary>Behind the name of a class with commands.</summary>
    public const string Commands = ".Commands";

    public static string WithEnding(string name) => name + ".g.cs";

    /// <summary>A class name as a file name: the compiler refuses combining marks, which an identifier may
    /// hold.</summary>
    public static string Safe(string name) =>
        new(name.Select(character => IsSafe(character) ? character : '-').ToArray());

    private static bool IsSafe(char character) => char.IsLetterOrDigit(character) || character is '.' or '_';
}
