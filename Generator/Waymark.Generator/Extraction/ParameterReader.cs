using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Decides where each parameter of a handler gets its value: nothing is left to guess at run time.</summary>
/// <remarks>
/// In the template: path. A context type: itself. A type that text can be parsed into: query. Otherwise the body, on a
/// method that has one. Attributes (<c>[Path]</c>, <c>[Query]</c>, <c>[Header]</c> …) say it explicitly; a type with
/// <c>[Bind]</c> is taken apart into its members.
/// </remarks>
internal sealed class ParameterReader
{
    private const string Parsable =
        "a number, bool, Guid, date, string, enum, a type with TryParse or IParsable, or a list of these";

    private readonly string _verb;
    private readonly Template _template;
    private readonly List<Part> _captures;
    private readonly ImmutableArray<Problem>.Builder _problems;

    private ParameterReader(string verb, Template template, ImmutableArray<Problem>.Builder problems)
    {
        _verb = verb;
        _template = template;
        _captures = template.Captures.ToList();
        _problems = problems;
    }

    /// <summary>Reads all parameters; what cannot be bound is added to the problems.</summary>
    public static EquatableArray<ParameterModel> ReadAll(
        IMethodSymbol method, string verb, Template template, ImmutableArray<Problem>.Builder problems)
    {
        var reader = new ParameterReader(verb, template, problems);
        var parameters = new List<ParameterModel>();
        bool isWhole = true;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (reader.ReadParameter(parameter) is { } model)
                parameters.Add(model);
            else
                isWhole = false;
        }

        ParameterChecks.Check(method, verb, template, parameters, isWhole, problems);
        return parameters.ToEquatableArray();
    }

    /// <summary>Reads one value; null where it cannot be bound, which is then reported.</summary>
    /// <param name="declared">The parameter or member.</param>
    /// <param name="inherited">The source that the type around a member was told; null for none.</param>
    public ParameterModel? Read(DeclaredValue declared, ParameterSource? inherited = null)
    {
        (ParameterSource Source, string? Key)? stated = SourceReader.Explicit(declared.Attributes);
        ValueModel? value = ValueReader.Read(declared.Bare);
        ParameterSource? source = stated?.Source ?? Infer(declared, value, inherited);
        if (source is null)
            return null;
        string key = SourceReader.KeyOf(declared, stated?.Key, source.Value);
        if (source == ParameterSource.Members)
            return MembersReader.Read(this, declared, inherited);
        // A class that comes from the query or from a form is one value a member.
        bool isTakenApart = (source is ParameterSource.Query or ParameterSource.Form)
            && (declared.Bare.TypeKind is TypeKind.Class or TypeKind.Struct);
        if (isTakenApart && value is null && inherited is null)
            return MembersReader.Read(this, declared, source);
        int depth = source == ParameterSource.Path ? _captures.FindIndex(capture => capture.Text == key) : -1;
        return CanBind(declared, source.Value, value, key, depth)
            ? Build(declared, source.Value, value, key, depth)
            : null;
    }

    /// <summary>Reports that a type cannot be taken apart.</summary>
    public void Report(Problem problem) => _problems.Add(problem);

    private ParameterModel? ReadParameter(IParameterSymbol parameter)
    {
        bool isSpan = parameter.Type.IsRefLikeType && ValueReader.Read(parameter.Type) is not null;
        if (parameter.RefKind == RefKind.None && !parameter.IsParams && (isSpan || !IsUnstorable(parameter.Type)))
            return Read(DeclaredValue.Of(parameter));
        _problems.Add(parameter switch
        {
            { RefKind: not RefKind.None } => Unfillable(
                parameter.Name, "is passed by reference, and a request has only values to give: take it by value."),
            { IsParams: true } => Unfillable(
                parameter.Name,
                "is params, and nobody writes a call that lists its values: leave out 'params', which still takes a " +
                "list from the query."),
            _ => Unstorable(parameter.Name, parameter.Type),
        });
        return null;
    }

    private ParameterModel Build(
        DeclaredValue declared, ParameterSource source, ValueModel? value, string key, int depth)
    {
        bool isText = SourceReader.IsText(source);
        bool isOptional = source == ParameterSource.Path
            ? _captures[depth].IsOptional
            : declared.Nullability != Nullability.None || declared.Default is not null
                || (isText && value!.Collection != CollectionKind.None);
        bool isBody = source == ParameterSource.Body;
        EquatableArray<RuleModel> rules = isText && value!.Kind is not (ValueKind.Utf8Span or ValueKind.CharacterSpan)
            ? RulesOf(declared, key)
            : EquatableArray<RuleModel>.Empty;
        return new ParameterModel(
            declared.Name,
            key,
            source,
            isText ? value : null,
            TypeNames.Qualified(isBody ? declared.Type : declared.Bare),
            declared.Nullability,
            declared.Default,
            depth,
            isOptional,
            isBody ? BodyReader.Read(declared.Bare)
                : source == ParameterSource.File ? BodyReader.ReadFile(declared.Bare)
                : BodyKind.None,
            EquatableArray<BindMember>.Empty,
            rules);
    }

    private EquatableArray<RuleModel> RulesOf(DeclaredValue declared, string key)
    {
        var target = new Lazy<RuleTarget>(() => RuleTarget.OfParameter(declared.Type, key, declared.Parameter));
        var problems = new List<Problem>();
        EquatableArray<RuleModel> rules = RuleReader.Read(declared.Attributes, target, problems);
        _problems.AddRange(problems);
        return rules;
    }

    private ParameterSource? Infer(DeclaredValue declared, ValueModel? value, ParameterSource? inherited)
    {
        string captured = declared.IsMember ? SourceReader.CamelCased(declared.Name) : declared.Name;
        if (inherited is null && _captures.Exists(capture => capture.Text == captured))
            return ParameterSource.Path;
        if (SourceReader.ContextOf(declared.Bare) is { } context)
            return context;
        if (BodyReader.Unmistakable(declared.Bare) is not null)
            return ParameterSource.Body;
        if (SourceReader.Gathers(declared.Bare))
            return ParameterSource.Members;
        if (inherited is not null)
            return inherited;
        if (value is not null)
            return ParameterSource.Query;
        if (_verb is "POST" or "PUT" or "PATCH")
            return ParameterSource.Body;
        string type = TypeNames.Shown(declared.Type);
        _problems.Add(Problem.AtParameter(
            "WM2010", declared.Parameter,
            $"Nothing says where '{declared.Shown}' comes from. Without an attribute, the query gives {Parsable}, " +
            $"which '{type}' is not, and {_verb} has no body. Say [Service] for a service of the server, [Bind] to " +
            "take its members from the request, or [Body]; or change the type."));
        return null;
    }

    private bool CanBind(DeclaredValue declared, ParameterSource source, ValueModel? value, string key, int depth)
    {
        bool isText = SourceReader.IsText(source);
        Problem? problem = source switch
        {
            _ when !isText && IsUnstorable(declared.Bare) => Unstorable(declared.Parameter, declared.Type),
            ParameterSource.Path when depth < 0 => Problem.AtParameter(
                "WM2002", declared.Parameter,
                $"[Path] '{key}' is not in the template \"{_template.Text}\": add ':{key}' to it, or rename the " +
                "parameter to one that is."),
            ParameterSource.Path when value is null || value.Collection != CollectionKind.None => Problem.AtParameter(
                "WM2003", declared.Parameter,
                $"The path cannot be parsed into '{declared.Shown}': a capture is one value. Use {Parsable}."),
            ParameterSource.Query when value is null => Unparsable(declared, "A query value"),
            ParameterSource.Header when value is null => Unparsable(declared, "A header field"),
            ParameterSource.Form when value is null => Unparsable(declared, "A form field"),
            ParameterSource.File when BodyReader.ReadFile(declared.Bare) == BodyKind.None => Problem.AtParameter(
                "WM2004", declared.Parameter,
                $"A file of a form cannot become '{declared.Shown}': use FormFile, or " +
                "FormFile[]."),
            ParameterSource.Cookie when value is null || value.Collection != CollectionKind.None =>
                Unparsable(declared, "A cookie"),
            ParameterSource.Header when !IsToken(key) => Problem.AtParameter(
                "WM2015", declared.Parameter,
                $"'{key}' is no name of a header field: it may hold letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 " +
                "section 5.1). Write it as clients send it."),
            ParameterSource.Cookie when !IsToken(key) => Problem.AtParameter(
                "WM2016", declared.Parameter,
                $"'{key}' is no name of a cookie: it may hold letters, digits and !#$%&'*+-.^_`|~ (RFC 6265 section " +
                "4.1.1). Write it as clients send it."),
            _ => null,
        };
        if (problem is not null)
            _problems.Add(problem);
        return problem is null;
    }

    private static Problem Unstorable(string parameter, ITypeSymbol type) => Unfillable(
        parameter,
        $"has the type '{TypeNames.Shown(type)}', a ref struct or pointer that no request can fill: take {Parsable}, " +
        "a class, or a ReadOnlySpan of byte or char from the path, the query, a header field or a cookie.");

    private static Problem Unfillable(string parameter, string why) =>
        Problem.AtParameter("WM2011", parameter, $"The parameter '{parameter}' {why}");

    private static Problem Unparsable(DeclaredValue declared, string what) => Problem.AtParameter(
        "WM2004", declared.Parameter, $"{what} cannot be parsed into '{declared.Shown}': use {Parsable}.");

    private static bool IsUnstorable(ITypeSymbol type) =>
        type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer;

    private static bool IsToken(string name) => name.Length > 0 && name.All(character =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'
        || "!#$%&'*+-.^_`|~".IndexOf(character) >= 0);
}
