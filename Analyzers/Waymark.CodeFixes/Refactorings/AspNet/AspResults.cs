using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Rewrites what an endpoint answers: <c>TypedResults.Ok(x)</c> is <c>Results.Ok(x)</c>.</summary>
internal sealed class AspResults
{
    private const int CasesMax = 6;

    private readonly EditTarget _target;
    private readonly LibraryNames _names;
    private readonly bool _isAction;
    private readonly int _position;
    private readonly List<SourceEdit> _edits = [];
    private readonly SortedDictionary<int, List<string>> _cases = [];

    private readonly Func<string, AnonymousObjectCreationExpressionSyntax, string?>? _pathOf;

    private AspResults(
        EditTarget target, LibraryNames names, bool isAction, int position,
        Func<string, AnonymousObjectCreationExpressionSyntax, string?>? pathOf) =>
        (_target, _names, _isAction, _position, _pathOf) = (target, names, isAction, position, pathOf);

    /// <summary>What has to be changed in the body.</summary>
    public IReadOnlyList<SourceEdit> Edits => _edits;

    /// <summary>The type that is returned, or that the task returned has; as source.</summary>
    public string Type { get; private set; } = "";

    /// <summary>What will be different; "" where nothing is.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Reads a body; null where an answer has no equal.</summary>
    /// <param name="target">Where it stands.</param>
    /// <param name="names">Names types of Waymark.</param>
    /// <param name="body">A block or an expression.</param>
    /// <param name="result">What the method returns.</param>
    /// <param name="isAsync">True where that is a task of what the body returns.</param>
    /// <param name="isAction">True for an action of a controller, whose results write some things differently.</param>
    /// <param name="position">Where types are named.</param>
    /// <param name="pathOf">The path of another action with certain values; null where it cannot be said.</param>
    public static AspResults? Read(
        EditTarget target, LibraryNames names, SyntaxNode body, ITypeSymbol result, bool isAsync, bool isAction,
        int position, Func<string, AnonymousObjectCreationExpressionSyntax, string?>? pathOf = null)
    {
        var read = new AspResults(target, names, isAction, position, pathOf);
        ITypeSymbol? value = isAsync ? (result as INamedTypeSymbol)?.TypeArguments.FirstOrDefault() : result;
        bool isTask = result is INamedTypeSymbol { Name: "Task" or "ValueTask" };
        List<ExpressionSyntax> answers = [.. Answers.Of(body)];
        bool hasResults = answers.Exists(answer => AspNames.Mentions(read.TypeOf(answer)));
        if (value is null || value.SpecialType == SpecialType.System_Void
            || (isTask && !isAsync && ((INamedTypeSymbol)result).TypeArguments.IsEmpty))
        {
            read.Note = "204 instead of 200";
            read.Type = read.Shown(result);
            return read;
        }

        if (!hasResults && !AspNames.Mentions(value))
            return read.Keep(result, value) ? read : null;
        if (!answers.TrueForAll(read.Add) || read._cases.Count == 0)
            return null;
        List<string> cases = [.. read._cases.Values.SelectMany(list => list)];
        if (cases.Count > CasesMax || (isTask && !isAsync))
            return null;
        string type = cases.Count == 1 ? cases[0] : $"{names.Of("Results")}<{string.Join(", ", cases)}>";
        string outer = ((INamedTypeSymbol)result).Name;
        read.Type = isAsync ? $"{outer}<{type}>" : type;
        return read;
    }

    private bool Keep(ITypeSymbol result, ITypeSymbol value)
    {
        ITypeSymbol answered = value is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ } inner] }
            ? inner
            : value;
        if (answered.IsAnonymousType || answered.TypeKind == TypeKind.Error)
            return false;
        bool mayBeNull = answered.NullableAnnotation == NullableAnnotation.Annotated
            || answered.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        Note = mayBeNull ? _isAction ? "null: 404 instead of 204" : "null: 404 instead of 200" : "";
        Type = Shown(result);
        return true;
    }

    private bool Add(ExpressionSyntax answer)
    {
        if (answer is InvocationExpressionSyntax call
            && _target.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && AspNames.IsAspNet(method.ContainingType))
        {
            return IsFactory(method.ContainingType) && AddCall(call, method);
        }

        // An action may return the value itself.
        if (!_isAction || TypeOf(answer) is not { } type || AspNames.Mentions(type) || !IsCertain(answer))
            return false;
        bool isText = type.SpecialType == SpecialType.System_String;
        AddCase(200, isText ? _names.Of("TextResult") : Generic("Ok", type));
        _edits.Add(_target.Insert(answer.SpanStart, _names.Of("Results") + (isText ? ".Text(" : ".Ok(")));
        _edits.Add(_target.Insert(answer.Span.End, ")"));
        return true;
    }

    private bool IsFactory(INamedTypeSymbol type) =>
        _isAction ? type.Name == "ControllerBase" : type.Name is "Results" or "TypedResults";

    private bool AddCall(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        List<ExpressionSyntax> arguments = [.. call.ArgumentList.Arguments.Select(argument => argument.Expression)];
        if (call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return false;
        return (method.Name, arguments.Count) switch
        {
            ("Ok", 0) => Rename(call, 200, "Ok"),
            ("Ok", 1) => IsText(arguments[0]) && _isAction
                ? IsCertain(arguments[0]) && Rename(call, 200, "Text", "TextResult")
                : AddValue(call, 200, "Ok", arguments[0]),
            ("Content" or "Text", 1) when IsText(arguments[0]) && IsCertain(arguments[0]) =>
                Rename(call, 200, "Text", "TextResult"),
            ("Json", 1) when !_isAction => AddValue(call, 200, "Json", arguments[0], "JsonResult"),
            ("Created", 1) when IsText(arguments[0]) => Rename(call, 201, "Created"),
            ("Created", 2) when IsText(arguments[0]) => AddValue(call, 201, "Created", arguments[1]),
            ("CreatedAtAction", 3) => AddCreatedAt(call, arguments),
            ("Accepted", 0) => Rename(call, 202, "Accepted"),
            ("NoContent", 0) => Rename(call, 204, "NoContent"),
            ("Redirect", 1) when IsText(arguments[0]) => Rename(call, 302, "Redirect"),
            ("BadRequest", 0) => Rename(call, 400, "BadRequest"),
            ("BadRequest", 1) => AddError(call, 400, "BadRequest", arguments[0]),
            ("Unauthorized", 0) => AddStatus(call, 401, "401"),
            ("NotFound", 0) => Rename(call, 404, "NotFound"),
            ("NotFound", 1) => AddError(call, 404, "NotFound", arguments[0]),
            ("Conflict", 0) => Rename(call, 409, "Conflict"),
            ("Conflict", 1) => AddError(call, 409, "Conflict", arguments[0]),
            ("UnprocessableEntity", 0) => Rename(call, 422, "UnprocessableContent"),
            ("UnprocessableEntity", 1) => AddError(call, 422, "UnprocessableContent", arguments[0]),
            ("StatusCode", 1) when _target.Model.GetConstantValue(arguments[0]).Value is int status =>
                AddStatus(call, status, arguments[0].ToString()),
            _ => false,
        };
    }

    /// <summary>An error with text is text to ASP.NET, and a problem document to Waymark.</summary>
    private bool AddError(InvocationExpressionSyntax call, int status, string name, ExpressionSyntax value)
    {
        if (!IsText(value))
            return AddValue(call, status, name, value);
        return !_isAction && AddValue(call, status, name + "<string>", value, name);
    }

    private bool AddValue(
        InvocationExpressionSyntax call, int status, string name, ExpressionSyntax value, string? type = null)
    {
        if (TypeOf(value) is not { IsAnonymousType: false, TypeKind: not TypeKind.Error } shown
            || AspNames.Mentions(shown) || !IsCertain(value))
        {
            return false;
        }

        AddCase(status, Generic(type ?? name, shown));
        _edits.Add(_target.Replace(call.Expression.Span, _names.Of("Results") + "." + name));
        return true;
    }

    private bool AddCreatedAt(InvocationExpressionSyntax call, List<ExpressionSyntax> arguments)
    {
        if (_target.Model.GetConstantValue(arguments[0]).Value is not string action
            || arguments[1] is not AnonymousObjectCreationExpressionSyntax values
            || _pathOf?.Invoke(action, values) is not { } path)
        {
            return false;
        }

        _edits.Add(_target.Replace(TextSpan.FromBounds(arguments[0].SpanStart, arguments[1].Span.End), path));
        return AddValue(call, 201, "Created", arguments[2]);
    }

    private bool AddStatus(InvocationExpressionSyntax call, int status, string text)
    {
        // A controller explains an error in a problem document.
        bool isProblem = _isAction && status >= 400;
        AddCase(status, _names.Of(isProblem ? "ProblemResult" : "StatusResult"));
        _edits.Add(_target.Replace(call.Span, $"{_names.Of("Results")}.{(isProblem ? "Problem" : "Status")}({text})"));
        return status is >= 200 and <= 599;
    }

    private bool Rename(InvocationExpressionSyntax call, int status, string name, string? type = null)
    {
        AddCase(status, _names.Of(type ?? name));
        _edits.Add(_target.Replace(call.Expression.Span, _names.Of("Results") + "." + name));
        return true;
    }

    private void AddCase(int status, string type)
    {
        if (!_cases.TryGetValue(status, out List<string>? list))
            _cases[status] = list = [];
        if (!_cases.Values.Any(other => other.Contains(type)))
            list.Add(type);
    }

    private string Generic(string name, ITypeSymbol type) =>
        $"{_names.Of(name)}<{Shown(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))}>";

    private bool IsText(ExpressionSyntax expression) => TypeOf(expression)?.SpecialType == SpecialType.System_String;

    /// <summary>True where the value is not null: each of the two answers null in its own way.</summary>
    private bool IsCertain(ExpressionSyntax expression)
    {
        TypeInfo info = _target.Model.GetTypeInfo(expression);
        return info.Type is { } type && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            && info.Nullability.FlowState != NullableFlowState.MaybeNull;
    }

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => _target.Model.GetTypeInfo(expression).Type;

    private string Shown(ITypeSymbol type) => type.ToMinimalDisplayString(_target.Model, _position);
}
