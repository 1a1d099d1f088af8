using Cms.GraphQL;

namespace Cms.Routes.Redirects;

/// <summary>The id of a redirect.</summary>
public readonly record struct RedirectId(Guid Value) : IEntityId<RedirectId>
{
    public static string Prefix => "rdr";

    public override string ToString() => this.Format();
}
