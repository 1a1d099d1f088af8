using Cms.GraphQL;

namespace Cms.Partners;

/// <summary>The id of a partner.</summary>
public readonly record struct PartnerId(Guid Value) : IEntityId<PartnerId>
{
    public static string Prefix => "prt";

    public override string ToString() => this.Format();
}

/// <summary>The id of a partner's feed key.</summary>
public readonly record struct FeedKeyId(Guid Value) : IEntityId<FeedKeyId>
{
    public static string Prefix => "fky";

    public override string ToString() => this.Format();
}
