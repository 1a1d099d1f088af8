namespace Cms.GraphQL;

/// <summary>Who sent a request. The application decides what a caller is.</summary>
public interface ICaller
{
    /// <summary>Whether the caller has signed in.</summary>
    bool IsSignedIn { get; }
}

/// <summary>The policies that <see cref="AuthorizeAttribute" /> names, as the application decides them.</summary>
public interface IPolicies
{
    /// <summary>The caller of a request that names none.</summary>
    ICaller Anonymous { get; }

    /// <summary>Whether a caller meets a policy.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    bool Allow(string policy, ICaller caller);

    /// <summary>The sentence with which descriptions and refusals explain a policy.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    string Describe(string policy);
}

/// <summary>How much one operation may cost.</summary>
public interface ICostLimits
{
    /// <summary>The limit for a caller.</summary>
    int Of(ICaller caller);
}

/// <summary>The caller of the request that is being served.</summary>
public sealed class CurrentCaller(IPolicies policies)
{
    public ICaller Value { get; set; } = policies.Anonymous;
}
