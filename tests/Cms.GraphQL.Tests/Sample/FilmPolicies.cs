namespace Cms.GraphQL.Tests.Sample;

/// <summary>Everybody may see films, and nobody has signed in.</summary>
public sealed class FilmPolicies : IPolicies, ICostLimits
{
    public ICaller Anonymous { get; } = new Visitor();

    public bool Allow(string policy, ICaller caller) => throw Unknown(policy);

    public string Describe(string policy) => throw Unknown(policy);

    public int Of(ICaller caller) => 5_000;

    private static ArgumentException Unknown(string policy) => new($"There is no policy {policy}.", nameof(policy));

    private sealed class Visitor : ICaller
    {
        public bool IsSignedIn => false;
    }
}
