using System.Collections;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark;

/// <summary>Services that live as long as the server, by their types: for programs that need no container.</summary>
/// <remarks>
/// Filled before the server is made; then safe for use by any number of threads. It neither makes nor disposes
/// anything. A program with services of other lifetimes hands the server a provider of its own: with one from
/// Microsoft.Extensions.DependencyInjection, each request that takes a service gets a scope.
/// </remarks>
/// <example>
/// <code>
/// var options = new ServerOptions { Services = new ServiceSet { new UserStore(), TimeProvider.System } };
/// </code>
/// </example>
public sealed class ServiceSet : IServiceProvider, IEnumerable<object>
{
    private readonly Dictionary<Type, object> _services = [];

    /// <summary>Adds a service under the type that the compiler sees.</summary>
    /// <param name="service">The service.</param>
    /// <typeparam name="T">The type that handlers ask for.</typeparam>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    /// <exception cref="ArgumentException">There is a service of this type already.</exception>
    public void Add<T>(T service)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!_services.TryAdd(typeof(T), service))
            throw new ArgumentException($"There is a service of type {typeof(T)} already.", nameof(service));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType == typeof(IServiceProviderIsService)
            ? new Knowledge(_services)
            : _services.GetValueOrDefault(serviceType);
    }

    /// <summary>Goes through the services, in no order.</summary>
    public IEnumerator<object> GetEnumerator() => _services.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Tells the server what there is; apart, so that users need no reference to the interface.</summary>
    private sealed class Knowledge(Dictionary<Type, object> services) : IServiceProviderIsService
    {
        public bool IsService(Type serviceType) => services.ContainsKey(serviceType);
    }
}
