using System.Globalization;
using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Waymark.Middleware.g.cs</c>: what attributes put around the routes.</summary>
internal static class MiddlewareEmitter
{
    public static string Emit(MiddlewareFileModel model)
    {
        var writer = new SourceWriter();
        writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(writer, model.Namespace);
        writer.Open("partial class Routes");
        writer.Open("private sealed partial class GeneratedTable");
        writer.Line(
            """
            // The middleware of attributes, the outermost first: where it stands, what makes it when a server starts, and
            // the numbers of the routes that it stands around.
            protected override Wm::RouteMiddleware Middleware => new Wm::RouteMiddleware()
            """);
        writer.Indent();
        int left = model.Places.Count + model.Mounts.Count;
        foreach (MiddlewarePlace place in model.Places)
        {
            writer.Line(
                $"""
                .Add(
                    {SourceText.Literal(place.Middleware.Name)},
                    static () => {CreationOf(place.Middleware)},
                    {Numbers(place.Routes)}){EndOf(--left)}
                """);
        }

        foreach (MountedMiddleware mount in model.Mounts)
        {
            // Pairs: the number here, the number there.
            writer.Line(
                $".AddMounted({SourceText.Qualified(mount.Table)}.Table, {Numbers(mount.Routes)}){EndOf(--left)}");
        }

        writer.Outdent();
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    private static string EndOf(int left) => left == 0 ? ";" : "";

    private static string Numbers(EquatableArray<int> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <remarks>What cannot be made keeps the server from starting: it may be what keeps strangers out.</remarks>
    private static string CreationOf(MiddlewareModel middleware)
    {
        if (middleware.Problem is { } problem)
            return $"throw new global::System.InvalidOperationException({SourceText.Literal(problem.Message)})";
        string created = $"new {middleware.Type}({string.Join(", ", middleware.Arguments)})";
        return middleware.Members.Count == 0
            ? created
            : $"{created} {{ {string.Join(", ", middleware.Members.Select(Assigned))} }}";
    }

    private static string Assigned(MemberValue member) => $"{SourceText.Identifier(member.Name)} = {member.Value}";
}
