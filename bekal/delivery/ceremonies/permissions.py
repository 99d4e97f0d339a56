VIEW_CEREMONIES = "ceremonies.view_ceremonies"
PLAN_CEREMONY = "ceremonies.plan_ceremony"
CLOSE_BATCHES = "ceremonies.close_batches"
HAND_OVER = "ceremonies.hand_over"
