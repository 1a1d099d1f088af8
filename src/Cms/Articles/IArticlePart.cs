namespace Cms.Articles;

/// <summary>An article or a part of one. The desk's lists follow every change to it.</summary>
internal interface IArticlePart
{
    ArticleId ArticleId { get; }
}
