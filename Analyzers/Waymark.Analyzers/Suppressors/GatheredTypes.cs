using Waymark.Generator.Model;

namespace Waymark.Analyzers.Suppressors;

/// <summary>The properties that generated code sets when it makes the users' types of several values.</summary>
internal sealed class GatheredTypes
{
    private readonly HashSet<(string Type, string Property)> _filled = [];

    /// <summary>Looks into the parameters of routes that are served.</summary>
    public GatheredTypes(IEnumerable<RouteModel> routes)
    {
        foreach (ParameterModel parameter in routes.SelectMany(route => route.Handler.Parameters))
            Add(parameter);
    }

    /// <summary>True for a property that is never null once generated code has made its type.</summary>
    /// <param name="type">The type as the models name it.</param>
    /// <param name="property">The name of the property.</param>
    public bool IsFilled(string type, string property) => _filled.Contains((type, property));

    private void Add(ParameterModel parameter)
    {
        if (parameter.Source != ParameterSource.Members)
            return;
        foreach (BindMember member in parameter.Members)
        {
            Add(member.Value);
            if (!member.IsConstructorParameter && IsNeverNull(member.Value))
                _filled.Add((parameter.TypeName, member.Name));
        }
    }

    /// <summary>True for a value that a request without it, or with a null for it, is refused for.</summary>
    public static bool IsNeverNull(ParameterModel parameter) =>
        parameter.Nullability == Nullability.None && parameter.Default is not ("null" or "default" or "default!");
}
