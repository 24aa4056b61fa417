-- The numbers that the trainer's command line may change, as rows of C.
local text = require "emit.text"

local recipe = {}

local members = {  -- of struct model_recipe, where they are not called as the spec's word
  warmup = "warmup_epochs", crop_padding = "augment.crop_padding", flip = "augment.flip",
  cutout = "augment.cutout", mixup = "augment.mixup",
}

-- The option of the trainer that is called as the word.
function recipe.option(name) return (name:gsub("_", "-")) end

function recipe.rows(graph)
  local rows = {}
  for i, number in ipairs(graph.numbers) do
    rows[i] = {
      option = recipe.option(number.name), about = text.quote(number.about), unit = text.quote(number.unit),
      takes = number.takes, member = members[number.name] or number.name, is_int = number.type == "integer" and 1 or 0,
      low = text.number(number.low), high = text.number(number.high),
      word = number.type == "flip" and '"alternating", ' .. graph.prefix:upper() .. "_FLIP_ALTERNATING" or "NULL, 0",
    }
  end
  return rows
end

return recipe
