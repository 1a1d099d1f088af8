namespace Cms.GraphQL;

/// <summary>The sender of a request. The application decides what a caller is.</summary>
public interface ICaller
{
    bool IsSignedIn { get; }
}

/// <summary>The application's policies, which <see cref="AuthorizeAttribute" /> refers to by name.</summary>
public interface IPolicies
{
    /// <summary>The caller of a request without credentials.</summary>
    ICaller Anonymous { get; }

    /// <summary>Returns whether a caller satisfies a policy.</summary>
    /// <exception cref="ArgumentException">The policy does not exist.</exception>
    bool Allow(string policy, ICaller caller);

    /// <summary>Reports that a caller may not select a field, and was refused.</summary>
    void OnRefused(string field, ICaller caller) { }

    /// <summary>Returns the sentence that explains a policy in descriptions and error messages.</summary>
    /// <exception cref="ArgumentException">The policy does not exist.</exception>
    string Describe(string policy);
}

/// <summary>Looks up what a caller may see, each time that an operation begins.</summary>
public interface IAdmission
{
    /// <summary>Returns the caller with what was looked up.</summary>
    /// <exception cref="RequestError">The caller may not execute operations now.</exception>
    ValueTask<ICaller> AdmitAsync(ICaller caller, CancellationToken cancellationToken);
}

/// <summary>The limits on the cost of one operation.</summary>
public interface ICostLimits
{
    int Of(ICaller caller);
}

public sealed class CurrentCaller(IPolicies policies)
{
    public ICaller Value { get; set; } = policies.Anonymous;
}
