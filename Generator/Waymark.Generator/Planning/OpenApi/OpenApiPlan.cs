using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Makes the OpenAPI document of all that is emitted.</summary>
internal static class OpenApiPlan
{
    public static OpenApiDocument Of(EmittableModel emittable, TableSetup setup, OpenApiFacts facts)
    {
        var notes = new TypeNotes(facts.Types);
        var schemas = new ShapeSchemas(new ShapeScopes(setup.JsonContexts), notes);
        foreach (HandlerModel handler in emittable.Routes.Select(route => route.Handler))
        {
            foreach (string type in TypesOf(handler))
                schemas.Reach(type);
        }

        schemas.GiveNames();
        List<OperationEntry> entries = OperationEntry.ListAll(emittable);
        List<string> ids = OperationIds.Give(entries);
        Dictionary<string, string> tags = TagsOf(entries);
        var operations = new OperationPlan(facts, schemas, notes);
        var paths = new List<PathModel>();
        foreach (IGrouping<string, int> path in Enumerable.Range(0, entries.Count)
            .GroupBy(index => entries[index].Form.Shape, StringComparer.Ordinal))
        {
            PathForm form = entries[path.First()].Form;
            List<string> names = form.Captures.Select(capture => capture.Text).ToList();
            IEnumerable<OperationModel> answered = path
                .GroupBy(index => entries[index].Method, StringComparer.Ordinal)
                .OrderBy(group => OperationModel.OrderOf(group.Key))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => operations.Of(
                    group.Select(index => entries[index]).ToList(),
                    ids[group.First()],
                    tags[KeyOf(entries[group.First()])],
                    names));
            paths.Add(new PathModel(form.Path, answered.ToEquatableArray()));
        }

        return new OpenApiDocument(
            facts.Settings,
            DescribedTags(entries, tags, facts.Classes),
            paths.OrderBy(path => path.Path, StringComparer.Ordinal).ToEquatableArray(),
            schemas.Named(),
            paths.Exists(path => path.Operations.Any(operation => operation.Responses.Any(answer => answer.IsProblem))),
            setup.Export?.Namespace ?? "");
    }

    private static IEnumerable<string> TypesOf(HandlerModel handler) => handler.Leaves
        .Where(leaf => leaf.Body == BodyKind.Json)
        .Select(leaf => leaf.TypeName)
        .Concat(Outcomes.Of(handler).Where(outcome => outcome.JsonType.Length > 0).Select(outcome => outcome.JsonType));

    private static string KeyOf(OperationEntry entry) => entry.Route is { } route
        ? route.Handler.QualifiedTypeName
        : entry.MountedTable + " " + entry.Class;

    /// <summary>The tag of each class: its name, or its whole name where two classes would share it.</summary>
    private static Dictionary<string, string> TagsOf(IEnumerable<OperationEntry> entries)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new NameSet(StringComparer.Ordinal, []);
        foreach (IGrouping<string, OperationEntry> alike in entries
            .GroupBy(entry => entry.Class, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            List<string> keys = alike.Select(KeyOf).Distinct(StringComparer.Ordinal)
                .OrderBy(key => key, StringComparer.Ordinal)
                .ToList();
            foreach (string key in keys)
                tags[key] = names.Take(keys.Count == 1 ? alike.Key : key);
        }

        return tags;
    }

    private static EquatableArray<NamedText> DescribedTags(
        IEnumerable<OperationEntry> entries,
        Dictionary<string, string> tags,
        EquatableArray<NamedText> classes) => entries
        .Select(KeyOf)
        .Distinct(StringComparer.Ordinal)
        .Select(key => new NamedText(tags[key], TypeNotes.TextOf(classes, key) ?? ""))
        .OrderBy(tag => tag.Name, StringComparer.Ordinal)
        .ToEquatableArray();
}
