namespace Waymark.Generator.Templates;

/// <summary>How a table compares paths: what <c>[assembly: RouteOptions]</c> says.</summary>
/// <param name="TrailingSlash">What becomes of the other form of a template's end.</param>
/// <param name="IsCaseInsensitive">True where ASCII letters of literals match in either case.</param>
internal sealed record TableOptions(TrailingSlashMode TrailingSlash, bool IsCaseInsensitive)
{
    public static readonly TableOptions Default = new(TrailingSlashMode.Strict, false);
}

/// <summary>As the runtime's enum TrailingSlash; the values are a contract.</summary>
internal enum TrailingSlashMode
{
    Strict,
    Redirect308,
    Ignore,
}
