using Cms.GraphQL;

namespace Cms.Media.Intake;

/// <summary>The id of an upload.</summary>
public readonly record struct MediaUploadId(Guid Value) : IEntityId<MediaUploadId>
{
    public static string Prefix => "upl";

    public override string ToString() => this.Format();
}
