namespace Cms.GraphQL.Tests.Sample;

/// <summary>Everyone can read films. Only signed-in critics can read reviews.</summary>
public sealed class FilmPolicies : IPolicies, ICostLimits
{
    public const string Critic = "Critic";

    public ICaller Anonymous { get; } = new Visitor();

    public bool Allow(string policy, ICaller caller) => policy is Critic ? caller is FilmCritic : throw Unknown(policy);

    public string Describe(string policy) => policy is Critic ? "Only for critics." : throw Unknown(policy);

    public int Of(ICaller caller) => 5_000;

    private static ArgumentException Unknown(string policy) => new($"There is no policy {policy}.", nameof(policy));

    private sealed class Visitor : ICaller
    {
        public bool IsSignedIn => false;
    }
}

/// <summary>A signed-in caller who can read reviews.</summary>
public sealed class FilmCritic : ICaller
{
    public bool IsSignedIn => true;
}
