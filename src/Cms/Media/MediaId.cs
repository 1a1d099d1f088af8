using Cms.GraphQL;

namespace Cms.Media;

/// <summary>The id of an image or another media asset.</summary>
public readonly record struct MediaId(Guid Value) : IEntityId<MediaId>
{
    public static string Prefix => "med";

    public override string ToString() => this.Format();
}
