using System.Runtime.CompilerServices;
using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Tells models apart that are equal: two members of equal models are two values all the same.</summary>
internal sealed class ReferenceComparer : IEqualityComparer<ParameterModel>
{
    public static readonly ReferenceComparer OfParameters = new();

    public bool Equals(ParameterModel left, ParameterModel right) => ReferenceEquals(left, right);

    public int GetHashCode(ParameterModel model) => RuntimeHelpers.GetHashCode(model);
}
