using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>How messages name routes and say why two of them conflict.</summary>
internal static class ConflictText
{
    /// <summary>As messages name a route: <c>'GET /users/:id (Users.Find)'</c>.</summary>
    public static string Of(RouteModel route) =>
        $"'{route.Verb} {route.Template} ({route.Handler.TypeName}.{route.Handler.MethodName})'";

    /// <summary>As messages name a mounted route: <c>'GET /billing/:id (Invoices.Find of
    /// Billing.Routes)'</c>.</summary>
    public static string Of(MountedEntry entry) =>
        $"'{entry.Row.Verb} {entry.Template} ({entry.Row.Handler} of {entry.Mount.Table})'";

    /// <summary>The sentence: the two routes, a path that both match, why nothing decides, the way out.</summary>
    public static string Explain(string route, string other, ConflictKind kind, string witness)
    {
        string wayOut = kind switch
        {
            ConflictKind.Alike =>
                "and their templates differ in nothing that a request could tell: change one, or remove one of the " +
                "routes",
            ConflictKind.RanksCross =>
                "and their ranks are outweighed by those of other routes that share the template so far: give all " +
                "routes of one of the templates the higher rank",
            _ =>
                "and neither is more specific: put a literal or a constraint into one of the templates, or give one " +
                "of the routes a higher Rank",
        };
        return $"{route} and {other} both match {witness}, {wayOut}.";
    }

    /// <summary>WM1018 where only the case of letters tells two templates apart; else WM1010.</summary>
    public static string IdOf(ProvenRoute left, ProvenRoute right, Conflict conflict, TableOptions options)
    {
        if (!options.IsCaseInsensitive || conflict.Kind != ConflictKind.Alike)
            return "WM1010";
        TableOptions exact = options with { IsCaseInsensitive = false };
        bool isSame = PathPattern.Of(left.Template, exact).Intersect(PathPattern.Of(right.Template, exact)).Any();
        return isSame ? "WM1010" : "WM1018";
    }
}
