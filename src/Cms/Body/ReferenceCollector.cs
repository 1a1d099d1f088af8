using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

internal sealed class ReferenceCollector : IBlockVisitor
{
    private readonly OrderedDictionary<ArticleId, bool> _articles = [];
    private readonly OrderedDictionary<ToolId, bool> _tools = [];
    private readonly OrderedDictionary<MediaId, bool> _media = [];

    public void Enter(Block block)
    {
        switch (block)
        {
            case ArticleEmbed embed:
                _articles[embed.Article] = true;
                break;
            case ToolEmbed embed:
                _tools[embed.Tool] = true;
                break;
            case Image image:
                _media[image.Media] = true;
                break;
            default:
                break;
        }
    }

    public void Leave(Block block) { }

    public BodyReferences ToReferences() => new([.. _articles.Keys], [.. _tools.Keys], [.. _media.Keys]);
}
