namespace Waymark.Generator.Model;

/// <summary>One route attribute on one method, read into values.</summary>
/// <param name="Verb">A method token, or <c>*</c> for every method.</param>
/// <param name="Template">The whole template, group prefixes included.</param>
/// <param name="Name">Its name for links; null where it has none.</param>
/// <param name="Rank">What decides between routes of which neither is more specific.</param>
/// <param name="BodyBytesMax">The largest body in bytes; null where the server's limit holds.</param>
/// <param name="Middleware">What its classes and its method put around it, the outermost first.</param>
/// <param name="Handler">The method, with its parameters bound against this template.</param>
/// <param name="Problems">What keeps the route from being emitted; empty for a route that can be.</param>
internal sealed record RouteModel(
    string Verb,
    string Template,
    string? Name,
    int Rank,
    long? BodyBytesMax,
    EquatableArray<MiddlewareModel> Middleware,
    HandlerModel Handler,
    EquatableArray<Problem> Problems);

/// <summary>A handler method as one template binds it.</summary>
/// <param name="Namespace">The namespace of its class, or "" for the global one.</param>
/// <param name="TypeName">Its class below the namespace, nested classes joined by dots: <c>Api.Users</c>.</param>
/// <param name="MethodName">The method's name, without any <c>@</c>.</param>
/// <param name="Parameters">In the order of the declaration.</param>
/// <param name="Result">What becomes of the return value.</param>
internal sealed record HandlerModel(
    string Namespace,
    string TypeName,
    string MethodName,
    EquatableArray<ParameterModel> Parameters,
    ResultModel Result)
{
    /// <summary>
    /// The class with its namespace: <c>Shop.Api.Users</c>; the file of its thunks is named after it.
    /// </summary>
    public string QualifiedTypeName => Namespace.Length == 0 ? TypeName : Namespace + "." + TypeName;

    /// <summary>
    /// True where a thunk keeps something between requests: a plan of a form, a pattern, the places of gathered
    /// members.
    /// </summary>
    public bool KeepsData => Parameters.Any(parameter => parameter.Source == ParameterSource.Members)
        || Leaves.Any(leaf => leaf.IsOfForm || leaf.Rules.Any(rule => rule.Kind == RuleKind.Pattern));

    /// <summary>The values of a request that the parameters are made of.</summary>
    public IEnumerable<ParameterModel> Leaves => Parameters.SelectMany(parameter => parameter.Leaves);
}
