using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Documents;

/// <summary>Reads documentation comments and attributes of all that an OpenAPI document shows.</summary>
/// <remarks>Runs at every edit, and only where a document is asked for.</remarks>
internal sealed class OpenApiFactsReader(Compilation compilation, CancellationToken stop)
{
    private readonly SortedDictionary<string, HandlerFacts> _handlers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _classes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TypeFacts> _types = new(StringComparer.Ordinal);

    /// <summary>Reads what is known of these handlers and of the types of these contexts.</summary>
    public static OpenApiFacts Read(
        Compilation compilation,
        IEnumerable<HandlerModel> handlers,
        EquatableArray<JsonContextModel> contexts,
        CancellationToken stop)
    {
        var reader = new OpenApiFactsReader(compilation, stop);
        foreach (HandlerModel handler in handlers)
            reader.ReadHandler(handler);
        foreach (TypeShape shape in contexts.SelectMany(context => context.Shapes))
        {
            if (shape.Kind is not ShapeKind.Any)
                reader.ReadType(shape.Type);
        }

        return new OpenApiFacts(
            OpenApiAttributes.SettingsOf(compilation.Assembly),
            reader._handlers.Values.ToEquatableArray(),
            reader._classes.Select(pair => new NamedText(pair.Key, pair.Value)).ToEquatableArray(),
            reader._types.Values.ToEquatableArray());
    }

    private void ReadHandler(HandlerModel handler)
    {
        stop.ThrowIfCancellationRequested();
        string key = HandlerFacts.KeyOf(handler);
        if (_handlers.ContainsKey(key))
            return;
        string space = handler.Namespace.Length == 0 ? "" : handler.Namespace.Replace("@", "") + ".";
        string name = space + handler.TypeName.Replace("@", "").Replace('.', '+');
        if (compilation.Assembly.GetTypeByMetadataName(name) is not { } type
            || MethodOf(type, handler) is not { } method)
            return;

        if (!_classes.ContainsKey(handler.QualifiedTypeName))
            _classes.Add(handler.QualifiedTypeName, Described(DocumentationComment.Of(type)));
        _handlers.Add(key, Read(key, method));
        foreach (ParameterModel parameter in handler.Parameters)
            ReadParameter(parameter);
    }

    private void ReadParameter(ParameterModel parameter)
    {
        if (parameter.Source == ParameterSource.Members)
            ReadType(parameter.TypeName);
        if (parameter.Value is { Kind: ValueKind.Enum } value)
            ReadType(value.Type);
        foreach (BindMember member in parameter.Members)
            ReadParameter(member.Value);
    }

    private static IMethodSymbol? MethodOf(INamedTypeSymbol type, HandlerModel handler)
    {
        List<IMethodSymbol> named = type.GetMembers(handler.MethodName)
            .OfType<IMethodSymbol>()
            .Where(method => method.Parameters.Select(parameter => parameter.Name)
                .SequenceEqual(handler.Parameters.Select(parameter => parameter.Name)))
            .ToList();
        return named.Count <= 1
            ? named.FirstOrDefault()
            : named.Find(method => method.Parameters
                .Select(parameter => TypeNames.Qualified(TypeNames.UnwrapNullable(parameter.Type) ?? parameter.Type))
                .SequenceEqual(handler.Parameters.Select(parameter => parameter.TypeName.TrimEnd('?'))));
    }

    private static HandlerFacts Read(string key, IMethodSymbol method)
    {
        // Of a partial method, either part may hold the comment.
        DocumentationComment comment = DocumentationComment.Of(method);
        bool isEmpty = comment.Plain("summary").Length == 0 && method.PartialImplementationPart is not null;
        if (isEmpty)
            comment = DocumentationComment.Of(method.PartialImplementationPart!);
        return new HandlerFacts(
            key,
            comment.Plain("summary"),
            comment.Markdown("remarks"),
            comment.Plain("returns"),
            Texts(comment.All("param", "name", isMarkdown: true)),
            Texts(comment.All("response", "code", isMarkdown: false)),
            MayBeNull(method.ReturnType),
            method.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "ObsoleteAttribute" } type
                && TypeNames.IsIn(type, "System")),
            OpenApiAttributes.SecurityOf(method));
    }

    private static bool MayBeNull(ITypeSymbol type)
    {
        bool isTask = type is INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 1 } task
            && TypeNames.IsIn(task, "System", "Threading", "Tasks");
        ITypeSymbol value = isTask ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return TypeNames.UnwrapNullable(value) is not null
            || (value.IsReferenceType && value.NullableAnnotation == NullableAnnotation.Annotated);
    }

    private void ReadType(string qualified)
    {
        stop.ThrowIfCancellationRequested();
        if (_types.ContainsKey(qualified) || TypeFinder.Find(compilation, qualified) is not { } type
            || type.SpecialType != SpecialType.None)
            return;
        DocumentationComment comment = DocumentationComment.Of(type);
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string text) in comment.All("param", "name", isMarkdown: true))
            members[name] = text;
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                if (member is not (IPropertySymbol or IFieldSymbol { AssociatedSymbol: null })
                    || members.ContainsKey(member.Name) || IsOfRecordParameter(member))
                    continue;
                string text = Described(DocumentationComment.Of(member));
                if (text.Length > 0)
                    members[member.Name] = text;
            }
        }

        IEnumerable<NamedText> constants = type.TypeKind != TypeKind.Enum ? [] : type.GetMembers()
            .OfType<IFieldSymbol>()
            .Where(field => field is { IsConst: true, ConstantValue: not null })
            .Select(field => new NamedText(
                field.Name, Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)));
        _types.Add(qualified, new TypeFacts(
            qualified,
            Described(comment),
            type.IsAbstract,
            Texts(members.Select(pair => (pair.Key, pair.Value))),
            constants.ToEquatableArray()));
    }

    /// <summary>Its declaration is that of the parameter, in front of which no comment can stand.</summary>
    private static bool IsOfRecordParameter(ISymbol member) => member.DeclaringSyntaxReferences
        .Any(reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax);

    /// <summary>Summary and remarks, each a paragraph.</summary>
    private static string Described(DocumentationComment comment)
    {
        string summary = comment.Markdown("summary");
        string remarks = comment.Markdown("remarks");
        return summary.Length > 0 && remarks.Length > 0 ? summary + "\n\n" + remarks : summary + remarks;
    }

    private static EquatableArray<NamedText> Texts(IEnumerable<(string Key, string Text)> texts) => texts
        .GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new NamedText(group.Key, group.First().Text))
        .ToEquatableArray();
}
