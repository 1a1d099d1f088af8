namespace Cms.Foundation;

/// <summary>Something that URLs and filters name by a slug.</summary>
public interface ISlugged
{
    string Slug { get; }
}
