using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Rewrites what says where the parameters of an endpoint come from.</summary>
/// <remarks>
/// What ASP.NET infers is inferred in the same way here, and said where Waymark would infer something else. It asks the
/// container at run time which types are services; here those count that are abstract, or that an
/// <c>AddSingleton&lt;T&gt;</c> or the like in the project names.
/// </remarks>
internal sealed class AspParameters
{
    private static readonly string[] Registrations =
        ["AddSingleton", "AddScoped", "AddTransient", "AddDbContext", "AddHttpClient"];

    private readonly EditTarget _target;
    private readonly LibraryNames _names;
    private readonly IReadOnlyList<string> _captures;
    private readonly bool _isAction;
    private readonly bool _hasBody;
    private readonly Dictionary<string, AspCapture> _byCapture = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SourceEdit> _edits = [];
    private int _bodies;

    private AspParameters(
        EditTarget target,
        LibraryNames names,
        IReadOnlyList<string> verbs,
        IReadOnlyList<string> captures,
        bool isAction)
    {
        (_target, _names, _captures, _isAction) = (target, names, captures, isAction);
        _hasBody = verbs.All(verb => verb is "POST" or "PUT" or "PATCH");
    }

    /// <summary>What has to be changed in the declaration.</summary>
    public IReadOnlyList<SourceEdit> Edits => _edits;

    /// <summary>Reads the parameters; null where one of them has no equal.</summary>
    /// <param name="target">Where they are declared.</param>
    /// <param name="names">Names attributes.</param>
    /// <param name="parameters">Their declarations.</param>
    /// <param name="verbs">The request methods of the endpoint.</param>
    /// <param name="captures">The names in its template.</param>
    /// <param name="isAction">True for an action of a controller, which reads some things differently.</param>
    public static AspParameters? Read(
        EditTarget target,
        LibraryNames names,
        IEnumerable<ParameterSyntax> parameters,
        IReadOnlyList<string> verbs,
        IReadOnlyList<string> captures,
        bool isAction)
    {
        var read = new AspParameters(target, names, verbs, captures, isAction);
        List<ParameterSyntax> all = [.. parameters];
        for (int index = 0; index < all.Count; index++)
        {
            bool isBeforeRequired = all.Skip(index + 1).Any(other => other.Default is null);
            if (target.Model.GetDeclaredSymbol(all[index]) is not IParameterSymbol symbol || all[index].Type is null
                || !read.Add(all[index], symbol, isBeforeRequired))
            {
                return null;
            }
        }

        return read._bodies <= 1 ? read : null;
    }

    /// <summary>The parameter that takes a capture; null where none does.</summary>
    public AspCapture? Find(string capture) => _byCapture.TryGetValue(capture, out AspCapture? found) ? found : null;

    private bool Add(ParameterSyntax parameter, IParameterSymbol symbol, bool isBeforeRequired)
    {
        List<(AttributeSyntax Syntax, string Name)> stated =
        [
            .. parameter.AttributeLists.SelectMany(list => list.Attributes)
                .Select(attribute => (attribute, AspNames.AttributeName(_target.Model, attribute)!))
                .Where(pair => pair.Item2 is not null),
        ];
        return stated.Count switch
        {
            0 => Infer(parameter, symbol, isBeforeRequired),
            1 => State(parameter, symbol, stated[0].Syntax, stated[0].Name, isBeforeRequired),
            _ => false,
        };
    }

    private bool State(
        ParameterSyntax parameter,
        IParameterSymbol symbol,
        AttributeSyntax attribute,
        string source,
        bool isBeforeRequired)
    {
        string? key = AspNames.StringArgument(_target.Model, attribute, "Name");
        int arguments = attribute.ArgumentList?.Arguments.Count ?? 0;
        if (arguments != (key is null ? 0 : 1))
            return false;
        switch (source)
        {
            case "FromRoute":
                _edits.Add(_target.Replace(AttributeText.SpanToRemove(attribute, _target.Text), ""));
                return Capture(symbol, key ?? symbol.Name);
            case "FromQuery" when IsText(symbol.Type):
                return State(attribute, "Query", key) && CanLack(parameter, symbol, isBeforeRequired);
            case "FromHeader" when IsText(symbol.Type):
                // Waymark would make a field's name of a parameter's by its words.
                return State(attribute, "Header", key ?? symbol.Name) && CanLack(parameter, symbol, isBeforeRequired);
            case "FromBody" when symbol.Type.SpecialType != SpecialType.System_String:
                _bodies++;
                return State(attribute, "Body", null);
            case "FromServices" when symbol.Type.IsReferenceType:
                return State(attribute, "Service", null);
            default:
                return false;
        }
    }

    private bool State(AttributeSyntax attribute, string name, string? key)
    {
        string argument = key is null ? "" : $"({LiteralText.Quote(key)})";
        _edits.Add(_target.Replace(attribute.Span, _names.OfAttribute(name) + argument));
        return true;
    }

    private bool Infer(ParameterSyntax parameter, IParameterSymbol symbol, bool isBeforeRequired)
    {
        ITypeSymbol type = TypeNames.UnwrapNullable(symbol.Type) ?? symbol.Type;
        if (_captures.Contains(symbol.Name, StringComparer.OrdinalIgnoreCase))
            return Capture(symbol, symbol.Name);
        if (AspNames.Mentions(type) || type.Name == "ClaimsPrincipal" || symbol.RefKind != RefKind.None)
            return false;
        if (SourceReader.ContextOf(type) is { } context)
            return context == ParameterSource.CancellationToken;
        if (BodyReader.Unmistakable(type) is not null && ValueReader.Read(type) is null)
            return !_isAction && IsStreamed(type) && ++_bodies > 0;
        // What ASP.NET makes of bytes depends on where they come from.
        if (BodyReader.Read(type) is BodyKind.Bytes or BodyKind.Memory)
            return false;
        if (ValueReader.Read(type) is { } value)
        {
            if (value.Collection == CollectionKind.None)
                return CanLack(parameter, symbol, isBeforeRequired);
            return !_isAction && (!_hasBody || Insert(parameter, "Body", isBody: true));
        }

        if (type.IsAbstract || IsRegistered(type) || (!_hasBody && !_isAction && type.IsReferenceType))
            return type.IsReferenceType && Insert(parameter, "Service", isBody: false);
        return _hasBody && ++_bodies > 0;
    }

    private static bool IsStreamed(ITypeSymbol type) => type.Name is "Stream" or "PipeReader";

    private static bool IsText(ITypeSymbol type) =>
        ValueReader.Read(TypeNames.UnwrapNullable(type) ?? type) is not null;

    private bool Insert(ParameterSyntax parameter, string attribute, bool isBody)
    {
        _bodies += isBody ? 1 : 0;
        _edits.Add(_target.Insert(parameter.SpanStart, $"[{_names.OfAttribute(attribute)}] "));
        return true;
    }

    private bool Capture(IParameterSymbol symbol, string capture)
    {
        if (_byCapture.ContainsKey(capture) || !IsText(symbol.Type))
            return false;
        bool isOptional = symbol.HasExplicitDefaultValue || TypeNames.UnwrapNullable(symbol.Type) is not null
            || symbol.NullableAnnotation == NullableAnnotation.Annotated;
        _byCapture.Add(capture, new AspCapture(symbol.Name, isOptional));
        return true;
    }

    /// <summary>
    /// True where a missing value means the same to both: a controller makes it the type's default, and neither insists
    /// on a reference that says nothing about null.
    /// </summary>
    private bool CanLack(ParameterSyntax parameter, IParameterSymbol symbol, bool isBeforeRequired)
    {
        if (symbol.HasExplicitDefaultValue || TypeNames.UnwrapNullable(symbol.Type) is not null
            || symbol.NullableAnnotation == NullableAnnotation.Annotated)
        {
            return true;
        }

        bool isUnsaid = symbol.Type.IsReferenceType && symbol.NullableAnnotation == NullableAnnotation.None;
        if (!isUnsaid && !(_isAction && symbol.Type.IsValueType))
            return true;
        if (isBeforeRequired)
            return false;
        _edits.Add(_target.Insert(parameter.Span.End, isUnsaid ? " = null" : " = default"));
        return true;
    }

    /// <summary>True where a call such as <c>AddSingleton&lt;Store&gt;()</c> names the type.</summary>
    private bool IsRegistered(ITypeSymbol type)
    {
        foreach (SyntaxTree tree in _target.Model.Compilation.SyntaxTrees)
        {
            foreach (GenericNameSyntax call in tree.GetRoot().DescendantNodes().OfType<GenericNameSyntax>())
            {
                string called = call.Identifier.ValueText;
                if (Array.Exists(Registrations, name => called.EndsWith(name, StringComparison.Ordinal))
                    && call.TypeArgumentList.Arguments.Any(argument => NameOf(argument) == type.Name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string NameOf(TypeSyntax type) =>
        type is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText
        : type is SimpleNameSyntax simple ? simple.Identifier.ValueText
        : "";
}
