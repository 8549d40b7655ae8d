namespace Waymark.Routing;

/// <summary>A middleware that decides who may call a route: one that opens a route takes off those around it.</summary>
internal interface IAccessRule
{
    /// <summary>True where everybody may call the route; false where a user has to meet something.</summary>
    public bool Opens { get; }
}
