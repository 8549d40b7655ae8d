using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM3004: reports a constant status that the library refuses when the line runs, or that takes no body where one is
/// given.
/// </summary>
/// <remarks>
/// Called for every call of a program: a name that is none of these ends it before anything is bound.
/// </remarks>
internal static class StatusRule
{
    private const int Highest = 599;

    public static void CheckCall(SyntaxNodeAnalysisContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (NameOf(call.Expression) is not ("Status" or "Json" or "Problem" or "MapException"))
            return;
        // A method of another class, which may call so what it likes.
        if (context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method
            || !IsOurs(method.ContainingType, method.Name == "MapException" ? "HttpServer" : "Results"))
        {
            return;
        }

        IParameterSymbol? parameter =
            method.Parameters.FirstOrDefault(candidate => candidate.Name is "status" or "code");
        if (parameter is null || ArgumentFor(call.ArgumentList, parameter) is not { } argument)
            return;
        int lowest = method.Name is "Problem" or "MapException" ? 400 : 200;
        Check(context, argument, lowest, hasBody: method.Name == "Json", $"'{method.Name}'");
    }

    public static void CheckAssignment(SyntaxNodeAnalysisContext context)
    {
        var assignment = (AssignmentExpressionSyntax)context.Node;
        string? name = NameOf(assignment.Left);
        if (name is not ("StatusCode" or "Status"))
            return;
        if (context.SemanticModel.GetSymbolInfo(assignment.Left, context.CancellationToken).Symbol
            is IPropertySymbol property
            && IsOurs(property.ContainingType, name == "StatusCode" ? "Response" : "ProblemDetails"))
        {
            Check(context, assignment.Right, name == "StatusCode" ? 200 : 400, hasBody: false, $"'{name}'");
        }
    }

    private static void Check(
        SyntaxNodeAnalysisContext context, ExpressionSyntax expression, int lowest, bool hasBody, string what)
    {
        // Only a constant is known.
        if (context.SemanticModel.GetConstantValue(expression, context.CancellationToken) is not
            { HasValue: true, Value: int status })
        {
            return;
        }

        string hint = status is >= 100 and < 200
            ? " Interim answers are the server's to send (RFC 9110 section 15.2)."
            : lowest == 400 && status is >= 200 and < 400
                ? " A problem document is an error: use another result."
                : "";
        string? mistake = status < lowest || status > Highest
            ? $"{what} takes a status from {lowest} to {Highest}, and {status} throws when this runs.{hint}"
            : hasBody && status is 204 or 205 or 304
                ? $"{status} has no body (RFC 9110 section 15), so the value of {what} would never be sent: use " +
                    $"'Results.{(status == 204 ? "NoContent()" : $"Status({status})")}', or a status with a body."
                : null;
        if (mistake is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                ResponseDescriptors.ImpossibleStatus, expression.GetLocation(), mistake));
        }
    }

    private static bool IsOurs(INamedTypeSymbol type, string name) =>
        type.Name == name && type.Arity == 0 && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    private static ExpressionSyntax? ArgumentFor(ArgumentListSyntax list, IParameterSymbol parameter)
    {
        foreach (ArgumentSyntax argument in list.Arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
                return argument.Expression;
        }

        return parameter.Ordinal < list.Arguments.Count && list.Arguments[parameter.Ordinal].NameColon is null
            ? list.Arguments[parameter.Ordinal].Expression
            : null;
    }
}
