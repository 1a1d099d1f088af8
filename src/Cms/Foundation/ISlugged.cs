namespace Cms.Foundation;

/// <summary>An entity that URLs and filters identify by its slug.</summary>
public interface ISlugged
{
    string Slug { get; }
}
