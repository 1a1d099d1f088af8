using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

internal sealed class ReferenceCollector : IBlockVisitor
{
    private readonly OrderedDictionary<ArticleId, bool> articles = [];
    private readonly OrderedDictionary<ToolId, bool> tools = [];
    private readonly OrderedDictionary<MediaId, bool> media = [];

    public void Enter(Block block)
    {
        switch (block)
        {
            case ArticleEmbed embed:
                articles[embed.Article] = true;
                break;
            case ToolEmbed embed:
                tools[embed.Tool] = true;
                break;
            case Image image:
                media[image.Media] = true;
                break;
            default:
                break;
        }
    }

    public void Leave(Block block) { }

    public BodyReferences ToReferences() => new([.. articles.Keys], [.. tools.Keys], [.. media.Keys]);
}
